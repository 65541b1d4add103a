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

test("pg-cursor and pg-query-stream read through a pooled client", { skip }, async () => {
	const pool = new pg.Pool({ connectionString: url, max: 1 });
	const client = await pool.connect();
	const cursor = client.query(new Cursor("select * from generate_series(1, 10) as i"));
	assert.equal((await cursor.read(4)).length, 4);
	assert.equal((await cursor.read(100)).length, 6);
	await cursor.close();
	const rows = [];
	for await (const row of client.query(new QueryStream("select * from generate_series(1, 500) as i")))
		rows.push(row.i);
	assert.equal(rows.length, 500);
	client.release();
	await pool.end();
});
