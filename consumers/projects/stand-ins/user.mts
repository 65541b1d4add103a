import { createPool, type Factory, type Pool } from "@ebbpool/generic-pool";
import PgPool from "@ebbpool/pg-pool";
import { Pool as TarnPool, TimeoutError } from "@ebbpool/tarn";
import type { PoolClient } from "pg";

interface Resource {
	readonly id: number;
}

const factory: Factory<Resource> = { create: async () => ({ id: 1 }), destroy: async () => {} };
const resources: Pool<Resource> = createPool(factory, { max: 2 });
const id: Promise<number> = resources.use(async (each) => each.id);
// @ts-expect-error a resource is no string
const noString: Promise<string> = resources.acquire();

const pool = new TarnPool<Resource>({ create: async () => ({ id: 1 }), destroy: () => {}, min: 0, max: 2 });
const pending: Promise<Resource> = pool.acquire().promise;
const late: Error = new TimeoutError("late");

const clients = new PgPool({ max: 2, handles: true });
const client: Promise<PoolClient> = clients.connect();
// @ts-expect-error nor is a client a number
const noNumber: Promise<number> = clients.connect();
const waiting: number = clients.stats().waiting;

export const all = [id, noString, pending, late, client, noNumber, waiting];
