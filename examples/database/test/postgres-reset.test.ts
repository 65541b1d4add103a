import assert from "node:assert/strict";
import { test } from "node:test";
import { postgresPool } from "../dist/postgres-pool.js";
import { Postgres } from "./support/postgres.ts";
import { missing } from "./support/programs.ts";

const skip = missing("postgres", "initdb");

test("a transaction left open, failed or not, does not reach the connection's next user", {
	skip,
	timeout: 300_000,
}, async () => {
	const server = await Postgres.start();
	const pool = postgresPool(server.connection, { max: 1 });
	const count = async () => {
		const { rows } = await pool.use((c) => c.query("select count(*)::int as count from kept"));
		return rows[0].count;
	};
	try {
		await pool.use((c) => c.query("create table kept (id int)"));
		await pool.use(async (c) => {
			await c.query("begin");
			await c.query("insert into kept values (1)");
		});
		assert.equal(await count(), 0);

		// In one message, whose failure may come before the word that a transaction is open.
		const failing = "begin; insert into kept values (2); select 1 / 0";
		for (let i = 0; i < 200; i++) {
			await assert.rejects(
				pool.use((c) => c.query(failing)),
				{ code: "22012" },
			);
			assert.equal(await count(), 0);
		}

		await pool.use(async (c) => void c.query("begin; insert into kept values (3)"));
		assert.equal(await count(), 0);

		await pool.use((c) => c.query("insert into kept values (4)"));
		assert.equal(await count(), 1);
		assert.equal(pool.stats().opened, 1, "all of it on one connection");
	} finally {
		await pool.drain();
		await server.end();
	}
});
