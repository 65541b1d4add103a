import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { PgPool } from "@ebbpool/pg-pool";
import pg from "pg";
import { postgresPool } from "../dist/postgres-pool.js";
import { Listener } from "./support/listener.ts";
import { HOST } from "./support/server.ts";

// Servers that no test can expect of PostgreSQL; neither that nor PgBouncer is needed here.

/** PostgreSQL's "you are in" and "ready for queries", and then it is as if the machine had stopped. */
const freezes = (socket: Socket) => {
	const accepted = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);
	socket.once("data", () => void socket.pause().write(accepted));
};

interface Timeouts {
	readonly createTimeout?: number;
	readonly destroyTimeout?: number;
}

const pools = {
	"the example's pool": (config: pg.ClientConfig, timeouts: Timeouts = {}) => postgresPool(config, timeouts),
	PgPool: (config: pg.ClientConfig, { createTimeout, destroyTimeout }: Timeouts = {}) =>
		new PgPool({ ...config, connectionTimeoutMillis: createTimeout, destroyTimeout }).resources,
};

for (const [name, make] of Object.entries(pools)) {
	test(`${name}: a connection to a server that accepts and says nothing is cut, and its caller told`, {
		timeout: 300_000,
	}, async () => {
		const closed: Promise<unknown>[] = [];
		await using server = await Listener.start((socket) => closed.push(once(socket.resume(), "end")));
		const pool = make({ host: HOST, port: server.port, user: "any" }, { createTimeout: 200 });
		await assert.rejects(pool.acquire(), { code: "ERR_POOL_TIMEOUT" });
		assert.equal(closed.length, 1);
		await closed[0];
		while (pool.stats().open > 0) await sleep(5); // until the timeout of this test
		await pool.drain();
	});

	test(`${name}: where a server accepts and closes, the caller gets pg's own error`, {
		timeout: 300_000,
	}, async () => {
		await using server = await Listener.start((socket) => socket.once("data", () => socket.destroy()));
		const config = { host: HOST, port: server.port, user: "any" };
		const own = await new pg.Client(config).connect().catch((error) => error);
		const pool = make(config);
		await assert.rejects(pool.acquire(), { message: own.message });
		await pool.drain();
	});

	test(`${name}: a connection that the server does not end is cut after destroyTimeout`, {
		timeout: 300_000,
	}, async () => {
		await using server = await Listener.start(freezes);
		// A reset would ask the server, and a client that has no answer yet is cut by `pg` itself.
		const timeouts = { destroyTimeout: 200, reset: undefined };
		const pool = make({ host: HOST, port: server.port, user: "any" }, timeouts);
		const lease = await pool.acquire();
		const { stream } = lease.item.connection;
		await lease.release();
		await pool.drain();
		assert.equal(pool.stats().open, 0);
		assert.equal(stream.destroyed, true);
		assert.equal(server.sockets.length, 1);
	});
}
