import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { assert } from "chai";
import pg from "pg";
import { postgresPool } from "../dist/postgres-pool.js";
import { type Answers, ask } from "./support/ask.ts";
import { Observer } from "./support/observer.ts";
import { Postgres } from "./support/postgres.ts";
import { missing } from "./support/programs.ts";

const skip = missing("postgres", "initdb");

for (const [how, signal] of [
	["an orderly restart", "SIGINT"],
	["a crash", "SIGQUIT"],
] as const) {
	test(`clients go on after ${how} of the server, and no result is wrong`, {
		skip,
		timeout: 300_000,
	}, async (t) => {
		const application = "ebbpool-restart";
		const server = await Postgres.start();
		const pool = postgresPool(
			{ ...server.connection, application_name: application },
			{ max: 5, acquireTimeout: 5_000 },
		);
		const answers: Answers = { right: 0, wrong: 0, errors: [] };
		let over = false;
		try {
			const clients = Promise.all(
				Array.from({ length: 20 }, (_, name) => ask(pool, answers, name, () => over)),
			);
			while (answers.right === 0) await setTimeout(5);
			const before = answers.right;
			await server.stop(signal);
			const { errors } = answers;
			do await setTimeout(300);
			while (errors.length === 0);
			const down = answers.right;
			await server.start();
			const back = performance.now();
			while (answers.right === down) await setTimeout(5);
			const recovered = performance.now() - back;
			while (answers.right <= down + 10) await setTimeout(5);
			over = true;
			await clients;
			assert.strictEqual(answers.wrong, 0);
			const observer = await Observer.connect(server.connection, application);
			assert.isOk((await observer.backends()) <= 5);
			await pool.drain();
			await observer.until(0);
			await observer.end();
			t.diagnostic(
				`${before} answers before, ${errors.length} errors in the outage of 0.3 s and more, ` +
					`the first answer ${recovered.toFixed(0)} ms after the server was back, ${answers.right} in all`,
			);
		} finally {
			over = true;
			await pool.drain({ timeout: 1_000 }).catch(() => {});
			await server.end();
		}
	});
}

test("where the server refuses more connections, the others go on being used", {
	skip,
	timeout: 300_000,
}, async (t) => {
	const application = "ebbpool-full";
	// Three of these are reserved for superusers, as whom the others here are connected: all twelve can be taken.
	const server = await Postgres.start(12);
	const observer = await Observer.connect(server.connection, application);
	const hogs = await Promise.all(
		Array.from({ length: 7 }, async () => {
			const client = new pg.Client(server.connection);
			await client.connect();
			return client;
		}),
	);
	const pool = postgresPool({ ...server.connection, application_name: application }, { max: 10 });
	const answers: Answers = { right: 0, wrong: 0, errors: [] };
	let over = false;
	try {
		const clients = Promise.all(
			Array.from({ length: 50 }, (_, name) => ask(pool, answers, name, () => over)),
		);
		while (answers.right <= 100 || answers.errors.length === 0) await setTimeout(5);
		const full = { right: answers.right, errors: answers.errors.length, open: await observer.backends() };
		assert.strictEqual(full.open, 4, "as many as the server has left");
		for (const { code } of answers.errors) assert.strictEqual(code, "53300");
		for (const hog of hogs) await hog.end();
		const grown = await observer.until(10);
		over = true;
		await clients;
		assert.strictEqual(answers.wrong, 0);
		for (const { code } of answers.errors) assert.strictEqual(code, "53300");
		await pool.drain();
		await observer.until(0);
		t.diagnostic(
			`${full.right} answers on ${full.open} connections, ${full.errors} refusals; ` +
				`10 connections ${grown.toFixed(0)} ms after there was room`,
		);
	} finally {
		over = true;
		await pool.drain({ timeout: 1_000 }).catch(() => {});
		for (const hog of hogs) await hog.end();
		await observer.end();
		await server.end();
	}
});
