import assert from "node:assert/strict";
import { test } from "node:test";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { connections, isOurs, killOthers, skip, until, url } from "./support.mjs";

// What Prisma's client calls of it; the client itself is made by a command that downloads an engine.
/** @param {string} sql @param {number[]} args */
const queryOf = (sql, ...args) => ({
	sql,
	args,
	argTypes: args.map(() => ({
		scalarType: /** @type {const} */ ("int"),
		arity: /** @type {const} */ ("scalar"),
	})),
});

test("Prisma's adapter: concurrent transactions, an error in one, an idle kill, shutdown", {
	skip,
}, async () => {
	const before = await connections();
	const pool = new pg.Pool({ connectionString: url, max: 3 });
	isOurs(pool);
	/** @type {Error[]} */
	const told = [];
	const factory = new PrismaPg(pool, { disposeExternalPool: true, onPoolError: (error) => told.push(error) });
	const adapter = await factory.connect();
	await adapter.executeScript("create table prisma_words (n int primary key)");

	/** @param {number} n */
	const insert = async (n) => {
		const transaction = await adapter.startTransaction();
		try {
			const one = await transaction.queryRaw(queryOf("select pg_backend_pid() as pid"));
			assert.equal(await transaction.executeRaw(queryOf("insert into prisma_words values ($1)", n)), 1);
			const other = await transaction.queryRaw(queryOf("select pg_backend_pid() as pid"));
			assert.deepEqual(one.rows, other.rows);
			await transaction.executeRaw(queryOf("commit"));
			await transaction.commit();
		} catch (error) {
			await transaction.executeRaw(queryOf("rollback"));
			await transaction.rollback();
			throw error;
		}
	};
	await Promise.all(Array.from({ length: 12 }, (_, n) => insert(n)));
	await assert.rejects(insert(3), { name: "DriverAdapterError", message: "UniqueConstraintViolation" });
	const count = async () => (await adapter.queryRaw(queryOf("select n from prisma_words"))).rows.length;
	assert.equal(await count(), 12);

	await until(() => pool.idleCount === pool.totalCount);
	await killOthers();
	await until(() => pool.totalCount === 0);
	assert.ok(told.length > 0);
	assert.equal(await count(), 12);
	await adapter.dispose();
	assert.equal(pool.ended, true);
	await until(async () => (await connections()) <= before);
});
