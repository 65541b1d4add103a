import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { PgPool } from "ebbpool/resource/pg";
import { type Generated, Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { Postgres } from "./support/postgres.ts";
import { missing } from "./support/programs.ts";

interface Tables {
	account: { id: Generated<number>; owner: string; balance: number };
}

const skip = missing("postgres", "initdb");

test("the facade does for pg's users what pg's own pool does", { skip, timeout: 60_000 }, async () => {
	const server = await Postgres.start();
	const pool = new PgPool({ client: () => new pg.Client(server.connection), max: 3 });
	try {
		const one = await pool.query("select $1::text as word", ["hello"]);
		assert.deepEqual(one.rows, [{ word: "hello" }]);
		const many = await Promise.all(
			Array.from({ length: 50 }, (_, i) => pool.query("select $1::int as i", [i])),
		);
		assert.deepEqual(
			many.map(({ rows }) => rows[0].i),
			Array.from({ length: 50 }, (_, i) => i),
		);
		assert.deepEqual([pool.totalCount, pool.idleCount, pool.waitingCount], [3, 3, 0]);

		const client = await pool.connect();
		await assert.rejects(client.query("select nonsense"), { code: "42703" });
		assert.equal((await client.query("select 1 as one")).rows[0].one, 1);
		assert.equal(pool.idleCount, 2);
		client.release();
		client.release();
		assert.equal(pool.idleCount, 3);

		const broken = await pool.connect();
		const ended = once(broken, "end");
		broken.release(true);
		await ended;
		assert.equal(pool.totalCount, 2);

		const errors: Error[] = [];
		pool.on("error", (error) => errors.push(error));
		await pool.query(
			"select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid()",
		);
		while (pool.totalCount > 1) await new Promise((resolve) => setTimeout(resolve, 5));
		assert.equal(errors.length, 1);
		assert.equal((await pool.query("select 2 as two")).rows[0].two, 2);
	} finally {
		await pool.end();
		await server.end();
	}
	await assert.rejects(pool.query("select 1"), { code: "ERR_POOL_DRAINED" });
});

test("a query that fails takes only its own connection with it", { skip, timeout: 60_000 }, async () => {
	const server = await Postgres.start();
	const config = { ...server.connection, query_timeout: 200 };
	const pool = new PgPool({ client: () => new pg.Client(config), max: 1 });
	try {
		for (const [failing, failure] of [
			["begin; select 1 / 0", { code: "22012" }],
			["select pg_sleep(2)", { message: "Query read timeout" }],
			["select pg_terminate_backend(pg_backend_pid())", { code: "57P01" }],
		] as const) {
			await assert.rejects(pool.query(failing), failure);
			for (let i = 0; i < 5; i++) assert.deepEqual((await pool.query("select 1 as one")).rows, [{ one: 1 }]);
		}
		assert.equal(pool.resources.stats().opened, 4);
	} finally {
		await pool.end();
		await server.end();
	}
});

test("what has no promise is refused, and the client is there for others", {
	skip,
	timeout: 60_000,
}, async () => {
	const server = await Postgres.start();
	const pool = new PgPool({ client: () => new pg.Client(server.connection), max: 1 });
	const query = pool.query as (query: unknown) => Promise<unknown>;
	try {
		await assert.rejects(query(new pg.Query("select 1")), { code: "ERR_POOL_ARGUMENT" });
		await assert.rejects(query({ text: "select 1", callback() {} }), { code: "ERR_POOL_ARGUMENT" });
		assert.equal(pool.totalCount, 0);
		assert.deepEqual((await pool.query({ text: "select 1 as one" })).rows, [{ one: 1 }]);
	} finally {
		await pool.end();
		await server.end();
	}
});

test("Kysely works on it: schema, queries, concurrent transactions, and one rolled back", {
	skip,
	timeout: 60_000,
}, async () => {
	const server = await Postgres.start();
	const pool = new PgPool({ client: () => new pg.Client(server.connection), max: 4 });
	const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
	try {
		await db.schema
			.createTable("account")
			.addColumn("id", "serial", (column) => column.primaryKey())
			.addColumn("owner", "text", (column) => column.notNull())
			.addColumn("balance", "integer", (column) => column.notNull().check(sql`balance >= 0`))
			.execute();
		const owners = ["ada", "grace", "barbara"];
		const inserted = await db
			.insertInto("account")
			.values(owners.map((owner) => ({ owner, balance: 100 })))
			.returning("id")
			.execute();
		assert.equal(inserted.length, 3);

		const move = (from: string, to: string, amount: number) =>
			db.transaction().execute(async (transaction) => {
				const change = (owner: string, by: number) =>
					transaction
						.updateTable("account")
						.set((eb) => ({ balance: eb("balance", "+", by) }))
						.where("owner", "=", owner)
						.execute();
				// In one order, so that no two of them wait for each other.
				const changes = [[from, -amount] as const, [to, amount] as const].sort(([a], [b]) =>
					a < b ? -1 : 1,
				);
				for (const [owner, by] of changes) await change(owner, by);
			});
		await Promise.all(
			Array.from({ length: 40 }, (_, i) => move(owners[i % 3] as string, owners[(i + 1) % 3] as string, 1)),
		);
		await assert.rejects(move("ada", "grace", 1_000), { code: "23514" });

		const rows = await db.selectFrom("account").select(["owner", "balance"]).orderBy("owner").execute();
		assert.equal(
			rows.reduce((sum, { balance }) => sum + balance, 0),
			300,
		);
		assert.deepEqual(
			rows.map(({ owner }) => owner),
			["ada", "barbara", "grace"],
		);
		const { totalCount, idleCount, waitingCount } = pool;
		assert.deepEqual({ idleCount, waitingCount }, { idleCount: totalCount, waitingCount: 0 });
		assert.ok(totalCount <= 4);
	} finally {
		await db.destroy();
		await server.end();
	}
	assert.equal(pool.totalCount, 0);
});
