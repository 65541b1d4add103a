import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { assert } from "chai";
import type pg from "pg";
import { type PostgresPool, postgresPool } from "../dist/postgres-pool.js";
import { Observer } from "./support/observer.ts";
import { Postgres } from "./support/postgres.ts";
import { missing } from "./support/programs.ts";

const APPLICATION = "ebbpool-kills";
const CLIENTS = 200;
const POOL = 10;
const QUERIES = 10_000;
const KILLS = 110;

interface Tally {
	answered: number;
	wrong: number;
	readonly failures: { readonly pid: number | undefined; readonly error: Error & { code?: string } }[];
}

/** What a killed backend looks like to its client: told, cut off, or already known to be gone. */
const CUT_OFF = /terminating connection|Connection terminated|not queryable|ECONNRESET|was closed/;

async function client(pool: PostgresPool, nextId: () => number | undefined, tally: Tally): Promise<void> {
	for (let id = nextId(); id !== undefined; id = nextId()) {
		let pid: number | undefined;
		try {
			await using lease = await pool.acquire();
			const connection = lease.item as pg.Client & { readonly processID?: number };
			pid = connection.processID;
			// Every tenth connection is held for a moment, so that backends are also killed between queries.
			if (id % 10 === 0) await setTimeout(2);
			const { rows } = await connection.query("select $1::int as id from pg_sleep(0.002)", [id]);
			tally.answered++;
			if (rows.length !== 1 || rows[0].id !== id) tally.wrong++;
		} catch (error) {
			tally.failures.push({ pid, error: error as Error });
		}
	}
}

const skip = missing("postgres", "initdb");

test(`${CLIENTS} clients, ${POOL} connections, ${QUERIES} queries, ${KILLS} backends killed: no wrong result, no leak`, {
	skip,
	timeout: 120_000,
}, async (t) => {
	const server = await Postgres.start();
	const observer = await Observer.connect(server.connection, APPLICATION);
	const pool = postgresPool({ ...server.connection, application_name: APPLICATION }, { max: POOL });
	const tally: Tally = { answered: 0, wrong: 0, failures: [] };
	const notCreated = new Set<unknown>();
	pool.on("error", (error, during) => {
		if (during === "create") notCreated.add(error);
	});
	let next = 0;
	const nextId = () => (next < QUERIES ? next++ : undefined);
	try {
		const clients = Promise.all(Array.from({ length: CLIENTS }, () => client(pool, nextId, tally)));
		const killed = { active: 0, idle: 0 };
		const wanted = { active: KILLS / 2, idle: KILLS / 2 - POOL };
		for (const state of ["active", "idle"] as const) {
			while (killed[state] < wanted[state]) {
				killed[state] += await observer.kill(state, 1);
				await setTimeout(2);
				assert.isOk(next < QUERIES - 1000, `the queries were over after ${JSON.stringify(killed)} kills`);
			}
		}
		const last = await observer.kill("any", POOL);
		const recovered = await observer.until(POOL);
		assert.isOk(next < QUERIES, "the load went on meanwhile");
		const { inUse, idle, waiting } = pool.stats();
		await clients;

		assert.strictEqual(tally.wrong, 0);
		assert.strictEqual(tally.answered + tally.failures.length, QUERIES);
		assert.isOk(observer.killed.size >= 100, `${observer.killed.size} killed`);
		let opening = 0;
		for (const { pid, error } of tally.failures) {
			if (pid === undefined) {
				opening++;
				assert.isOk(
					notCreated.has(error),
					`it had no connection, and no creation failed with: ${error.message}`,
				);
			} else {
				assert.isOk(observer.killed.has(pid), `${pid} was not killed, but: ${error.message}`);
			}
			assert.isOk(error.code === "57P01" || CUT_OFF.test(error.message), error.stack);
		}
		assert.isOk(opening <= observer.killed.size, "only a killed backend fails while it connects");
		await pool.drain();
		await observer.until(0);
		assert.strictEqual(pool.stats().open, 0);
		const messages = tally.failures.map(({ error }) => error.message);
		for (const each of new Set(messages))
			t.diagnostic(`${messages.filter((message) => message === each).length} × ${each}`);
		t.diagnostic(
			`${observer.killed.size} killed (${killed.active} in mid-query, ${killed.idle} between queries, ${last} at once), ` +
				`${tally.answered} answered, ${tally.failures.length} failed, ${opening} of them while connecting, the others on a killed backend; ` +
				`${POOL} open again after ${recovered.toFixed(0)} ms with ${inUse} in use, ${idle} idle, ${waiting} waiting`,
		);
	} finally {
		await pool.drain({ timeout: 1000 }).catch(() => {});
		await observer.end();
		await server.end();
	}
});
