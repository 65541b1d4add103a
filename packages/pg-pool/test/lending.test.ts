import { test } from "node:test";
import { assert } from "chai";
import type { PoolClient } from "pg";
import { Client, pool, rejection, stub, turn, uncaughtIn, until } from "./support/client.ts";

test("a client is lent again as the same object, and counted where it is", async () => {
	const db = pool({ max: 2 });
	assert.deepEqual([db.totalCount, db.idleCount, db.waitingCount], [0, 0, 0]);
	const first = await db.connect();
	assert.deepEqual([db.totalCount, db.idleCount, db.waitingCount], [1, 0, 0]);
	first.release();
	assert.deepEqual([db.totalCount, db.idleCount], [1, 1]);
	assert.strictEqual(await db.connect(), first);
	first.release();
	await db.end();
	assert.deepEqual([db.totalCount, db.idleCount], [0, 0]);
});

test("callers beyond max wait in the order in which they came, however many they are", async () => {
	const db = pool({ max: 1 });
	const held = await db.connect();
	const order: number[] = [];
	const callers = Array.from({ length: 2_000 }, async (_, i) => {
		const client = await db.connect();
		order.push(i);
		client.release();
	});
	assert.strictEqual(db.waitingCount, 2_000);
	held.release();
	await Promise.all(callers);
	assert.deepEqual(
		order,
		Array.from({ length: 2_000 }, (_, i) => i),
	);
	await db.end();
});

test("with a callback: the client, and a release of its own; or the error and a release that does nothing", async () => {
	const db = pool({ max: 1 });
	const [error, client, done] = await new Promise<readonly [unknown, unknown, () => void]>((resolve) => {
		const returned: unknown = db.connect((...args) => resolve(args as never));
		assert.isUndefined(returned);
	});
	assert.isUndefined(error);
	assert.strictEqual((client as PoolClient).release, done);
	done();
	assert.throws(done, "Release called on client which has already been released to the pool.");

	Client.failures.push(new Error("refused"));
	await db.end();
	const other = pool({ max: 1 });
	Client.failures.push(new Error("refused"));
	const [failure, none, nothing] = await new Promise<readonly unknown[]>((resolve) => {
		other.connect((...args) => resolve(args));
	});
	assert.propertyVal(failure, "message", "refused");
	assert.isUndefined(none);
	(nothing as () => void)();
	await other.end();
});

test("what a callback throws is an uncaught exception, and the pool goes on", async () => {
	const db = pool({ max: 1 });
	const thrown = new Error("the callback's");
	const uncaught = await uncaughtIn(async () => {
		db.connect((_, client) => {
			client?.release();
			throw thrown;
		});
	}, 1);
	assert.deepEqual(uncaught, [thrown]);
	(await db.connect()).release();
	await db.end();
});

test("a second release throws, and nobody is hurt", async () => {
	const db = pool({ max: 1 });
	const client = await db.connect();
	const { release } = client;
	release();
	assert.throws(
		() => client.release(),
		"Release called on client which has already been released to the pool.",
	);
	const next = await db.connect();
	assert.throws(() => release(), "already been released");
	assert.strictEqual(db.idleCount, 0);
	next.release();
	await db.end();
});

test("with handles, a release that comes late ends nothing, though the next user has the same client", async () => {
	const db = pool({ max: 1, handles: true });
	const a = await db.connect();
	a.release();
	const b = await db.connect();
	assert.notStrictEqual(a, b);
	assert.strictEqual(stub(a).id, stub(b).id);
	assert.throws(() => a.release(), "already been released");
	assert.strictEqual(db.resources.stats().inUse, 1);
	const c = db.connect();
	await turn();
	assert.strictEqual(db.waitingCount, 1);
	b.release();
	(await c).release();
	await db.end();
});

test("given back with an error or true, as broken, or in a pool that ends, a client is closed and never lent", async () => {
	const db = pool({ max: 1 });
	const ways: ((client: PoolClient) => void)[] = [
		(client) => client.release(new Error("broken")),
		(client) => client.release(true),
		(client) => {
			stub(client)._queryable = false;
			client.release();
		},
		(client) => {
			stub(client).end(() => {});
			client.release();
		},
	];
	for (const [i, giveBack] of ways.entries()) {
		const client = await db.connect();
		assert.strictEqual(stub(client).id, i + 1);
		giveBack(client);
		assert.strictEqual(db.totalCount, 0);
	}
	const last = await db.connect();
	const end = db.end();
	last.release();
	await end;
	assert.strictEqual(stub(last)._ending, true);
	assert.strictEqual(db.totalCount, 0);
});

test("a client that was told to end while it was idle is not lent", async () => {
	const db = pool();
	const client = await db.connect();
	client.release();
	stub(client)._ending = true;
	const next = await db.connect();
	assert.notStrictEqual(next, client);
	next.release();
	await db.end();
});

test("connectionTimeoutMillis ends a wait and a connection that takes too long, with pg-pool's texts", async () => {
	const db = pool({ max: 1, connectionTimeoutMillis: 20 });
	const held = await db.connect();
	assert.strictEqual((await rejection(db.connect())).message, "timeout exceeded when trying to connect");
	held.release(true);
	await until(() => db.resources.stats().open === 0);
	Client.failures.push(new Error("never"));
	const late = await rejection(db.connect());
	assert.strictEqual(late.message, "Connection terminated due to connection timeout");
	await until(() => Client.log.includes("cut 2"));
	const next = await db.connect({ timeout: 10_000 });
	assert.strictEqual(stub(next).id, 3);
	next.release();
	await db.end();
});

test("a signal ends a wait, and maxWaiting bounds the queue", async () => {
	const db = pool({ max: 1, maxWaiting: 1 });
	const held = await db.connect();
	const controller = new AbortController();
	const waiting = rejection(db.connect({ signal: controller.signal }));
	assert.propertyVal(await rejection(db.connect()), "code", "ERR_POOL_QUEUE_FULL");
	const reason = new Error("no more");
	controller.abort(reason);
	assert.strictEqual(await waiting, reason);
	held.release();
	await db.end();
});

test("maxUses and maxLifetimeSeconds replace clients, and the expired ones that are out are counted", async () => {
	const db = pool({ max: 1, maxUses: 2 });
	for (const id of [1, 1, 2, 2, 3]) {
		const client = await db.connect();
		assert.strictEqual(stub(client).id, id);
		client.release();
	}
	await db.end();

	const short = pool({ max: 1, maxLifetimeSeconds: 0.05 });
	const client = await short.connect();
	assert.strictEqual(short.expiredCount, 0);
	await until(() => short.expiredCount === 1);
	client.release();
	assert.deepEqual([short.expiredCount, short.totalCount], [0, 0]);
	await short.end();
});

test("idle clients above min are closed after idleTimeoutMillis", async () => {
	const db = pool({ max: 3, min: 1, idleTimeoutMillis: 10 });
	const clients = await Promise.all([db.connect(), db.connect(), db.connect()]);
	for (const client of clients) client.release();
	assert.strictEqual(db.idleCount, 3);
	await until(() => db.totalCount === 1);
	await db.end();
});

test("allowExitOnIdle lets go of the process while a client is idle", async () => {
	const db = pool({ allowExitOnIdle: true });
	const client = await db.connect();
	client.release();
	await db.connect();
	client.release();
	// The first time because a client may come when its caller has left.
	assert.deepEqual(
		Client.log.filter((entry) => entry.includes("ref")),
		["unref 1", "ref 1", "unref 1", "ref 1", "unref 1"],
	);
	await db.end();
});

test("end serves those who wait, refuses newcomers, and is refused itself the second time", async () => {
	const db = pool({ max: 1 });
	const held = await db.connect();
	const waiting = db.connect();
	const end = db.end();
	assert.deepEqual([db.ending, db.ended], [true, false]);
	assert.strictEqual((await rejection(db.end())).message, "Called end on pool more than once");
	assert.propertyVal(
		await new Promise((resolve) => db.end(resolve as () => void)),
		"message",
		"Called end on pool more than once",
	);
	const refused = "Cannot use a pool after calling end on the pool";
	assert.strictEqual((await rejection(db.connect())).message, refused);
	assert.strictEqual((await rejection(db.query("a"))).message, refused);
	held.release();
	(await waiting).release();
	await end;
	assert.deepEqual([db.ending, db.ended], [true, true]);
});

test("`await using` ends a pool, also one that was ended before", async () => {
	const db = pool();
	(await db.connect()).release();
	await db[Symbol.asyncDispose]();
	await db[Symbol.asyncDispose]();
	assert.isTrue(db.ended);
});
