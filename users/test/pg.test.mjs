import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import Cursor from "pg-cursor";
import QueryStream from "pg-query-stream";
import { connections, isOurs, killOthers, skip, until, url } from "./support.mjs";

test("pg: queries, a transaction rolled back, an error in one, an idle kill, shutdown", {
	skip,
}, async () => {
	const pool = new pg.Pool({ connectionString: url, max: 3 });
	isOurs(pool);
	/** @type {Error[]} */
	const errors = [];
	pool.on("error", (error) => errors.push(error));
	const many = await Promise.all(
		Array.from({ length: 50 }, (_, i) => pool.query("select $1::int as i", [i])),
	);
	assert.deepEqual(
		many.map(({ rows }) => rows[0].i),
		Array.from({ length: 50 }, (_, i) => i),
	);
	await until(() => pool.idleCount === 3); // one may have answered all while the others were opening
	assert.deepEqual([pool.totalCount, pool.waitingCount], [3, 0]);

	await pool.query("create table pg_account (balance int check (balance >= 0))");
	const client = await pool.connect();
	await client.query("begin");
	await client.query("insert into pg_account values (5)");
	await assert.rejects(client.query("insert into pg_account values (-5)"), { code: "23514" });
	await client.query("rollback");
	client.release();
	assert.equal((await pool.query("select count(*)::int as n from pg_account")).rows[0].n, 0);

	await killOthers();
	await until(() => errors.length > 0 && pool.totalCount === 0);
	assert.equal((await pool.query("select 1 as one")).rows[0].one, 1);
	await assert.rejects(pool.query("select pg_terminate_backend(pg_backend_pid())"), { code: "57P01" });
	assert.equal((await pool.query("select 2 as two")).rows[0].two, 2);
	await pool.end();
	await until(async () => (await connections()) === 0);
});

test("pg: pool.query runs what submits itself, and named statements", { skip }, async () => {
	const pool = new pg.Pool({ connectionString: url, max: 1 });
	const result = await new Promise((resolve, reject) => {
		pool.query({ name: "one", text: "select $1::int as one", values: [1] }, (error, answer) =>
			error ? reject(error) : resolve(answer),
		);
	});
	assert.equal(result.rows[0].one, 1);
	await pool.end();
});

for (const [name, read] of /** @type {const} */ ([
	["pg-cursor", readByCursor],
	["pg-query-stream", readByStream],
])) {
	test(`${name}: reads side by side, in a transaction, an error in one, an idle kill, shutdown`, {
		skip,
	}, async () => {
		const pool = new pg.Pool({ connectionString: url, max: 3 });
		isOurs(pool);
		/** @type {Error[]} */
		const told = [];
		pool.on("error", (error) => told.push(error));
		/** @param {(client: pg.PoolClient) => Promise<number>} use */
		const borrow = async (use) => {
			const client = await pool.connect();
			client.on("error", ignore);
			/** @type {unknown} */
			let failure;
			try {
				return await use(client);
			} catch (error) {
				failure = error;
				throw error;
			} finally {
				client.off("error", ignore);
				client.release(/** @type {Error | undefined} */ (failure));
			}
		};
		const series = (/** @type {number} */ n) => `select * from generate_series(1, ${n}) as i`;

		const many = await Promise.all(Array.from({ length: 12 }, () => borrow((c) => read(c, series(250)))));
		assert.deepEqual(many, Array(12).fill(250));
		assert.ok(pool.totalCount <= 3);

		const inside = borrow(async (client) => {
			await client.query("begin");
			await client.query("create temporary table passing on commit drop as select 1 as i");
			const rows = await read(client, "select i from passing");
			await client.query("rollback");
			return rows;
		});
		assert.equal(await inside, 1);
		await assert.rejects(
			borrow((client) => read(client, "select 1 / (5 - i) from generate_series(1, 10) as i")),
			{ code: "22012" },
		);
		assert.equal(await borrow((client) => read(client, series(10))), 10);

		await until(() => pool.idleCount === pool.totalCount);
		await killOthers();
		await until(() => pool.totalCount === 0);
		assert.ok(told.length > 0);
		assert.equal(await borrow((client) => read(client, series(10))), 10);

		// A stream whose connection is lost between two batches hears nothing of it, with or without a pool: then nobody is told.
		if (read === readByCursor) {
			await assert.rejects(
				borrow((client) => readByCursor(client, series(1_000_000), killOthers)),
				/terminat|connection|ECONNRESET/i,
			);
			assert.equal(await borrow((client) => read(client, series(10))), 10);
		}
		await pool.end();
		await until(async () => (await connections()) === 0);
	});
}

function ignore() {}

/**
 * @param {pg.PoolClient} client
 * @param {string} text
 * @param {() => Promise<void>} [afterTheFirst]
 * @returns {Promise<number>} how many rows there were
 */
async function readByCursor(client, text, afterTheFirst) {
	const cursor = client.query(new Cursor(text));
	let count = 0;
	for (;;) {
		const rows = await cursor.read(100);
		if (rows.length === 0) break;
		if (count === 0) await afterTheFirst?.();
		count += rows.length;
	}
	await cursor.close();
	return count;
}

/**
 * @param {pg.PoolClient} client
 * @param {string} text
 * @returns {Promise<number>} how many rows there were
 */
async function readByStream(client, text) {
	let count = 0;
	for await (const _ of client.query(new QueryStream(text, [], { batchSize: 100 }))) count++;
	return count;
}
