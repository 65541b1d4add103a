import { test } from "node:test";
import { assert } from "chai";
import { Client, pool, rejection, turn, until } from "./support/client.ts";

test("query takes what a client's takes, with a promise or a callback, and gives the client back", async () => {
	const db = pool({ max: 1 });
	assert.deepInclude(await db.query("a"), { rows: ["a"], values: undefined } as never);
	assert.deepInclude(await db.query("b", [1]), { rows: ["b"], values: [1] } as never);
	for (const args of [["c"], ["c", [2]]]) {
		const [error, result] = await new Promise<readonly unknown[]>((resolve) => {
			db.query(...(args as [string, unknown[]]), (...told: unknown[]) => resolve(told));
		});
		assert.isUndefined(error);
		assert.deepInclude(result as object, { rows: ["c"] });
	}
	assert.strictEqual(db.idleCount, 1);
	await db.end();
});

test("a query that fails, also by throwing, costs its client and no more", async () => {
	const db = pool({ max: 1 });
	for (const text of ["fails", "throws"]) {
		assert.strictEqual((await rejection(db.query(text))).message, text);
		await db.query("a");
	}
	assert.strictEqual(db.resources.stats().opened, 3);
	const [error, result] = await new Promise<readonly unknown[]>((resolve) => {
		db.query("fails", (...told) => resolve(told));
	});
	assert.propertyVal(error, "message", "fails");
	assert.isUndefined(result);
	await db.end();
});

test("a query whose connection is lost is rejected with what the client said, and nobody else hears of it", async () => {
	const db = pool({ max: 1 });
	const heard: unknown[] = [];
	db.on("error", (error) => heard.push(error));
	const answer = rejection(db.query("never"));
	await turn();
	await turn();
	const lost = new Error("lost");
	Client.made[0]?.lose(lost);
	assert.strictEqual(await answer, lost);
	assert.lengthOf(heard, 0);
	await db.query("a");
	assert.strictEqual(Client.made[1]?.listenerCount("error"), 1);
	await db.end();
});

test("a function in place of the query is refused as pg-pool does", async () => {
	const db = pool();
	const error = await new Promise((resolve) => {
		(db.query as unknown as (callback: unknown) => void)(resolve);
	});
	assert.propertyVal(
		error,
		"message",
		"Passing a function as the first parameter to pool.query is not supported",
	);
	await db.end();
});

test("the pool's own methods go through connect, so that what is patched there sees queries too", async () => {
	const db = pool();
	let connects = 0;
	const connect: (...args: unknown[]) => unknown = db.connect;
	db.connect = ((...args: unknown[]) => {
		connects++;
		return connect.apply(db, args);
	}) as typeof db.connect;
	await db.query("a");
	assert.strictEqual(connects, 1);
	await db.end();
});

test("a query does with what pg-pool's own does, where a wrapper of connect passes on an error and a client only", async () => {
	const db = pool({ max: 1 });
	const { connect } = db;
	db.connect = ((callback: (error?: Error, client?: never) => void) =>
		connect.call(db, (error, client) => callback(error, client as never))) as never;
	assert.deepInclude(await db.query("a"), { rows: ["a"] } as never);
	assert.strictEqual((await rejection(db.query("fails"))).message, "fails");
	assert.strictEqual(db.resources.stats().inUse, 0);
	await db.end();
});

test("promises are of the class that the option names", async () => {
	class Mine<T> extends Promise<T> {}
	const db = pool({ Promise: Mine });
	const connected = db.connect();
	assert.instanceOf(connected, Mine);
	(await connected).release();
	assert.instanceOf(db.query("a"), Mine);
	await until(() => db.idleCount === 1);
	const ended = db.end();
	assert.instanceOf(ended, Mine);
	await ended;
	assert.instanceOf(
		db.connect().catch(() => {}),
		Mine,
	);
});

test("an error's stack names who waits, for a query or a connection", async () => {
	const db = pool();
	async function whoAsks(work: () => Promise<unknown>) {
		await work();
	}
	assert.include((await rejection(whoAsks(() => db.query("fails")))).stack, "whoAsks");
	for (const work of [() => db.connect(), () => db.query("a")]) {
		Client.failures.push(new Error("refused"));
		const { message, stack } = await rejection(whoAsks(work));
		assert.strictEqual(message, "refused");
		assert.include(stack, "whoAsks");
	}
	await db.end();
});
