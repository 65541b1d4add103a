import assert from "node:assert/strict";
import { test } from "node:test";
import { sql as drizzleSql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { pgTable, serial, text } from "drizzle-orm/pg-core";
import { sql as oldSql } from "drizzle-orm-0.30";
import { drizzle as oldDrizzle } from "drizzle-orm-0.30/node-postgres";
import knex from "knex";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { isOurs, killOthers, skip, until, url } from "./support.mjs";

for (const [version, make, query] of /** @type {const} */ ([
	["0.45", drizzle, drizzleSql],
	["0.30, which knows a pool by instanceof", oldDrizzle, oldSql],
])) {
	test(`Drizzle ${version}: concurrent transactions stay on their connections, a failed one is rolled back, an idle kill`, {
		skip,
	}, async () => {
		const pool = new pg.Pool({ connectionString: url, max: 4 });
		pool.on("error", () => {});
		isOurs(pool);
		// @ts-expect-error two versions, whose types are not the same
		const db = make(pool);
		await db.execute(query`create table if not exists drizzled (n int)`);
		await db.execute(query`delete from drizzled`);
		const work = Array.from({ length: 20 }, (_, i) =>
			db.transaction(async (/** @type {any} */ tx) => {
				const one = await tx.execute(query`select pg_backend_pid() as pid`);
				await tx.execute(query`insert into drizzled values (${i})`);
				const other = await tx.execute(query`select pg_backend_pid() as pid`);
				assert.equal(one.rows[0].pid, other.rows[0].pid);
				if (i % 2 === 1) throw new Error("rolled back");
			}),
		);
		const settled = await Promise.allSettled(work);
		assert.equal(settled.filter(({ status }) => status === "rejected").length, 10);
		const { rows } = await db.execute(query`select count(*)::int as n from drizzled`);
		assert.equal(rows[0]["n"], 10);
		await until(() => pool.idleCount === pool.totalCount); // a connection may still be opening
		await killOthers();
		await until(() => pool.totalCount === 0);
		await db.transaction((/** @type {any} */ tx) => tx.execute(query`insert into drizzled values (1)`));
		await pool.end();
	});
}

test("Drizzle: tables, an idle kill", { skip }, async () => {
	const pool = new pg.Pool({ connectionString: url });
	pool.on("error", () => {});
	const db = drizzle(pool);
	const words = pgTable("drizzle_words", { id: serial("id").primaryKey(), word: text("word").notNull() });
	await db.execute(drizzleSql`create table drizzle_words (id serial primary key, word text not null)`);
	await db.insert(words).values([{ word: "ebb" }, { word: "flow" }]);
	assert.equal((await db.select().from(words)).length, 2);
	await killOthers();
	await until(() => pool.totalCount === 0);
	assert.equal((await db.select().from(words)).length, 2);
	await pool.end();
});

test("Kysely: schema, transactions, an error in one, an idle kill; onCreateConnection once a connection", {
	skip,
}, async () => {
	const pool = new pg.Pool({ connectionString: url, max: 3 });
	pool.on("error", () => {});
	let made = 0;
	/** @type {Kysely<any>} */
	const db = new Kysely({
		dialect: new PostgresDialect({
			pool,
			onCreateConnection: async () => {
				made++;
			},
		}),
	});
	await db.schema
		.createTable("kysely_account")
		.addColumn("owner", "text")
		.addColumn("balance", "integer", (column) => column.check(sql`balance >= 0`))
		.execute();
	await db.insertInto("kysely_account").values({ owner: "ada", balance: 10 }).execute();
	const take = (/** @type {number} */ amount) =>
		db.transaction().execute((tx) =>
			tx
				.updateTable("kysely_account")
				.set((eb) => ({ balance: eb("balance", "-", amount) }))
				.execute(),
		);
	await Promise.all(Array.from({ length: 10 }, () => take(1)));
	await assert.rejects(take(1), { code: "23514" });
	assert.ok(made <= 3, `expected onCreateConnection at most 3 times, got ${made}`);
	await killOthers();
	await until(() => pool.totalCount === 0);
	assert.equal((await db.selectFrom("kysely_account").selectAll().execute())[0].balance, 0);
	await db.destroy();
	assert.equal(pool.totalCount, 0);
});

test("Knex on PostgreSQL, with its own pool settings, on the stand-in for tarn", { skip }, async () => {
	const created = [];
	const db = knex({
		client: "pg",
		connection: url,
		pool: {
			min: 0,
			max: 2,
			idleTimeoutMillis: 50,
			reapIntervalMillis: 20,
			afterCreate(/** @type {unknown} */ connection, /** @type {Function} */ done) {
				created.push(connection);
				done(null, connection);
			},
		},
		acquireConnectionTimeout: 300,
	});
	const { pool } = db.client;
	assert.equal(typeof pool.stats, "function", "expected the stand-in");
	await db.schema.createTable("knex_words", (table) => void table.text("word"));
	await Promise.all(Array.from({ length: 20 }, (_, i) => db("knex_words").insert({ word: String(i) })));
	assert.ok(created.length <= 2);
	await assert.rejects(
		db.transaction(async (tx) => {
			await tx("knex_words").delete();
			throw new Error("rolled back");
		}),
		{ message: "rolled back" },
	);
	assert.equal((await db("knex_words").count("* as n"))[0]?.["n"], "20");

	const held = await Promise.all([db.transaction(), db.transaction()]);
	await assert.rejects(async () => await db("knex_words").select(), { name: "KnexTimeoutError" });
	await Promise.all(held.map((tx) => tx.rollback()));
	await until(() => pool.numFree() + pool.numUsed() === 0);

	await db("knex_words").select();
	await killOthers();
	assert.equal((await db("knex_words").select()).length, 20);
	await db.destroy();
});
