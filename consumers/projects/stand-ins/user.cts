import generic = require("@ebbpool/generic-pool");
import PgPool = require("@ebbpool/pg-pool");
import errors = require("@ebbpool/generic-pool/lib/errors");
import tarn = require("@ebbpool/tarn");

// As the types of mssql do.
import type { CallbackOrPromise, PoolOptions } from "@ebbpool/tarn/dist/Pool";

import type { PoolClient } from "pg";

interface Resource {
	readonly id: number;
}

const factory: generic.Factory<Resource> = { create: async () => ({ id: 1 }), destroy: async () => {} };
const resources: generic.Pool<Resource> = generic.createPool(factory, { max: 2 });
const id: Promise<number> = resources.use(async (each) => each.id);
// @ts-expect-error a resource is no string
const noString: Promise<string> = resources.acquire();

const pool = new tarn.Pool<Resource>({ create: async () => ({ id: 1 }), destroy: () => {}, min: 0, max: 2 });
const pending: Promise<Resource> = pool.acquire().promise;
const late: Error = new tarn.TimeoutError("late");
const alsoLate: Error = new errors.TimeoutError("late");
const create: CallbackOrPromise<Resource> = async () => ({ id: 1 });
const whole: PoolOptions<Resource> = { create, destroy: () => {}, min: 0, max: 1 };

const clients = new PgPool({ max: 2, handles: true });
const client: Promise<PoolClient> = clients.connect();
// @ts-expect-error nor is a client a number
const noNumber: Promise<number> = clients.connect();
const waiting: number = clients.stats().waiting;

export = [id, noString, pending, late, alsoLate, whole, client, noNumber, waiting];
