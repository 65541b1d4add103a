import { test } from "node:test";
import { assert } from "chai";
import { Client, pool, rejection, stub, turn, uncaughtIn, until } from "./support/client.ts";

test("events come in pg-pool's order and with its arguments", async () => {
	const db = pool({ max: 1 });
	const seen: unknown[][] = [];
	for (const event of ["connect", "acquire", "remove"] as const) {
		db.on(event, (client) => seen.push([event, stub(client).id]));
	}
	db.on("release", (error, client) => seen.push(["release", error, stub(client).id]));
	(await db.connect()).release();
	const broken = new Error("broken");
	(await db.connect()).release(broken);
	await until(() => seen.length === 6);
	assert.deepEqual(seen, [
		["connect", 1],
		["acquire", 1],
		["release", undefined, 1],
		["acquire", 1],
		["release", broken, 1],
		["remove", 1],
	]);
	await db.end();
});

test("events show the client that its user sees, handles too", async () => {
	for (const handles of [false, true]) {
		const db = pool({ handles });
		const seen: unknown[] = [];
		for (const event of ["connect", "acquire", "remove"] as const)
			db.on(event, (client) => seen.push(client));
		db.on("release", (_, client) => seen.push(client));
		const client = await db.connect();
		client.release(true);
		await until(() => seen.length === 4);
		for (const each of seen) assert.strictEqual(each, client);
		await db.end();
	}
});

test("an idle client that breaks is an error event with the client, and closed; one that is out is not", async () => {
	const db = pool();
	const errors: unknown[][] = [];
	db.on("error", (error, client) => errors.push([error, client]));
	const client = await db.connect();
	stub(client).lose(new Error("while it is out"));
	assert.lengthOf(errors, 0);
	client.release();
	assert.strictEqual(db.totalCount, 0);

	const next = await db.connect();
	next.release();
	const lost = new Error("idle") as Error & { client?: unknown };
	stub(next).lose(lost);
	assert.deepEqual(errors, [[lost, next]]);
	assert.strictEqual(lost.client, next);
	assert.strictEqual(db.totalCount, 0);
	stub(next).lose(new Error("once more"));
	assert.lengthOf(errors, 1);
	await db.end();
});

test("where nobody listens, an idle client that breaks is a warning and no end of the process", async () => {
	const db = pool();
	(await db.connect()).release();
	const warned = new Promise((resolve) => process.once("warning", resolve));
	const lost = new Error("idle");
	Client.made[0]?.lose(lost);
	assert.strictEqual(await warned, lost);
	await db.end();
});

test("a server that ends a connection in order is noticed", async () => {
	const db = pool();
	(await db.connect()).release();
	Client.made[0]?.emit("end");
	assert.strictEqual(db.totalCount, 0);
	await db.end();
});

test("onConnect and verify come before the first user; what they fail with reaches the caller, and the client is closed", async () => {
	const order: string[] = [];
	const db = pool({
		onConnect: async (client) => {
			await turn();
			order.push(`onConnect ${stub(client).id}`);
			if (stub(client).id === 1) throw new Error("onConnect fails");
		},
		verify: (client, done) => {
			order.push(`verify ${stub(client).id}`);
			setImmediate(done, stub(client).id === 2 ? new Error("verify fails") : undefined);
		},
	});
	assert.strictEqual((await rejection(db.connect())).message, "onConnect fails");
	assert.strictEqual((await rejection(db.query("a"))).message, "verify fails");
	const client = await db.connect();
	assert.strictEqual(stub(client).id, 3);
	assert.deepEqual(order, ["onConnect 1", "onConnect 2", "verify 2", "onConnect 3", "verify 3"]);
	assert.includeMembers(Client.log, ["end 1", "end 2"]);
	client.release();
	await db.end();
});

test("listeners that throw lose nobody's client", async () => {
	const db = pool({ max: 1 });
	db.on("acquire", () => {
		throw new Error("acquire");
	});
	db.on("release", () => {
		throw new Error("release");
	});
	const uncaught = await uncaughtIn(async () => {
		const client = await db.connect();
		assert.throws(() => client.release(), "release");
	}, 1);
	assert.propertyVal(uncaught[0], "message", "acquire");
	assert.strictEqual(db.idleCount, 1);
	db.removeAllListeners();
	await db.end();
});

test("a client that stays out longer than leaseTimeout is reported", async () => {
	const db = pool({ leaseTimeout: 10 });
	const leak = new Promise<{ item: unknown; acquired: Error }>((resolve) => db.on("leak", resolve));
	async function forgetsIt() {
		return await db.connect();
	}
	const client = await forgetsIt();
	// The report keeps no process alive.
	const alive = setInterval(() => {}, 1_000);
	const { item, acquired } = await leak;
	clearInterval(alive);
	assert.strictEqual(item, client);
	assert.include(acquired.stack, "forgetsIt");
	client.release();
	await db.end();
});

test("a client that does not end is cut after destroyTimeout, and the pool ends", async () => {
	const db = pool({ destroyTimeout: 10 });
	const client = await db.connect();
	stub(client).hangs = true;
	client.release();
	await db.end();
	assert.include(Client.log, "cut 1");
	assert.strictEqual(db.totalCount, 0);
});

test("the log tells what pg-pool's tells of clients and queries, and what it throws loses no client", async () => {
	const told: unknown[] = [];
	const log = (...texts: unknown[]) => void told.push(texts[0]);
	const db = pool({ log, max: 1, maxUses: 2 });
	await db.query("a");
	await rejection(db.query("fails"));
	assert.deepEqual(told, [
		"checking client timeout",
		"connecting new client",
		"new client connected",
		"dispatching query",
		"query dispatched",
		"dispatching query",
		"query dispatched",
		"remove expended client",
	]);
	await db.end();

	const idle = pool({ log, idleTimeoutMillis: 1 });
	await idle.query("a");
	await until(() => told.at(-1) === "remove idle client");
	await idle.end();

	const late = pool({ log, connectionTimeoutMillis: 5 });
	Client.failures.push(new Error("never"));
	await rejection(late.connect());
	assert.include(told, "ending client due to timeout");
	await late.end();

	const throwing = pool({
		log(text: unknown) {
			if (text === "query dispatched" || text === "remove expended client") throw new Error("log");
		},
		maxUses: 1,
	});
	await uncaughtIn(async () => {
		await throwing.query("a");
	}, 1);
	await until(() => throwing.totalCount === 0);
	await throwing.end();
});
