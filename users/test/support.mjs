import assert from "node:assert/strict";
import { createRequire } from "node:module";
import pg from "pg";

const require = createRequire(import.meta.url);

/** The server of this run. */
export const url = process.env["EBBPOOL_USERS_DATABASE"] ?? "";
export const skip = url === "" && "PostgreSQL is not installed (scripts/postgres.sh install sees to it)";

/** The stand-in, as it lies in the original's place. */
export const PgPool = require("pg-pool");

/**
 * Whether it is ours: it says what the original cannot.
 *
 * @param {object} pool
 */
export function isOurs(pool) {
	assert.ok(pool instanceof PgPool, "expected the stand-in's class");
	assert.equal(typeof (/** @type {{ stats?: unknown }} */ (pool).stats), "function");
}

/** Ends every other connection to the server, as an administrator does. */
export async function killOthers() {
	const client = new pg.Client(url);
	await client.connect();
	await client.query(
		"select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'",
	);
	await client.end();
}

/** How many connections there are, but for the one that asks. */
export async function connections() {
	const client = new pg.Client(url);
	await client.connect();
	const { rows } = await client.query(
		"select count(*)::int as count from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
	);
	await client.end();
	return rows[0].count;
}

/**
 * @param {() => boolean | Promise<boolean>} what
 */
export async function until(what) {
	const deadline = Date.now() + 30_000;
	while (!(await what())) {
		if (Date.now() > deadline) throw new Error(`it never came to ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}
