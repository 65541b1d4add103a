import { createRequire } from "node:module";
import { test } from "node:test";
import Pool from "@ebbpool/pg-pool";
import { assert } from "chai";
import type { Client as RealClient } from "pg";
import { Client, pool, RealLike, stub } from "./support/client.ts";

test("there is one class for require, import and PgPool's base", async () => {
	const required = createRequire(__filename)("@ebbpool/pg-pool");
	const imported = await import("@ebbpool/pg-pool");
	assert.strictEqual(required, Pool);
	assert.strictEqual(imported.default, Pool as unknown);
	const { PgPool } = imported as unknown as { PgPool: typeof Pool };
	const db = new PgPool({}, RealLike);
	assert.instanceOf(db, Pool);
	await db.end();
});

test("PgPool has handles, and takes a function that makes its clients", async () => {
	const { PgPool } = (await import("@ebbpool/pg-pool")) as unknown as { PgPool: typeof Pool };
	Client.reset();
	const db = new PgPool({ client: () => new RealLike(), max: 1 });
	const a = await db.connect();
	a.release();
	const b = await db.connect();
	assert.notStrictEqual(a, b);
	assert.throws(() => a.release(), "already been released");
	b.release();
	await db.end();
});

test("a subclass as pg's own passes its client class on", async () => {
	Client.reset();
	class Bound extends Pool {
		constructor(config?: Pool.Config<never>) {
			super(config, RealLike as never);
		}
	}
	const db = new Bound({ max: 3 });
	assert.instanceOf(db, Pool);
	assert.strictEqual(db.Client as unknown, Client);
	const client = await db.connect();
	assert.instanceOf(client, Client);
	client.release();
	await db.end();
});

test("options have pg-pool's defaults, texts count as numbers, and secrets are not shown", async () => {
	const db = pool({ password: "secret", ssl: { key: "secret" } });
	const { max, min, maxUses, allowExitOnIdle, maxLifetimeSeconds, idleTimeoutMillis } =
		db.options as unknown as Record<string, unknown>;
	assert.deepEqual(
		{ max, min, maxUses, allowExitOnIdle, maxLifetimeSeconds, idleTimeoutMillis },
		{
			max: 10,
			min: 0,
			maxUses: Number.POSITIVE_INFINITY,
			allowExitOnIdle: false,
			maxLifetimeSeconds: 0,
			idleTimeoutMillis: 10_000,
		},
	);
	assert.notInclude(JSON.stringify(db.options), "secret");
	assert.propertyVal(db.options, "password", "secret");

	const texts = pool({ max: "2", idleTimeoutMillis: "0" } as never);
	await Promise.all([texts.connect(), texts.connect()]);
	texts.connect().catch(() => {});
	assert.deepEqual([texts.totalCount, texts.waitingCount], [2, 1]);
	assert.strictEqual(pool({ poolSize: 7 } as never).options.max, 7);
	const { resources } = pool({ min: -1, maxUses: -1 } as never) as unknown as { resources: { min: number } };
	assert.strictEqual(resources.min, 0);
	for (const wrong of [{ max: "many" }, { max: -1 }, { maxWaiting: -1 }, { leaseTimeout: "soon" }]) {
		assert.throws(() => pool(wrong as never), /expected/);
	}
});

test("options on a prototype are read like any other", () => {
	assert.strictEqual(pool(Object.create({ max: 4 })).options.max, 4);
});

test("a handle is its client in all that can be read, written and called, private members included", async () => {
	class Secretive extends Client {
		readonly #secret = 5;
		tell() {
			return this.#secret;
		}
		self() {
			return this;
		}
	}
	const db = pool({ handles: true, Client: Secretive as never });
	const client = (await db.connect()) as unknown as Secretive & { release(): void; note?: string };
	const raw = Client.made[0] as Secretive;
	assert.instanceOf(client, Secretive);
	assert.strictEqual(client.constructor, Secretive);
	assert.strictEqual(client.tell(), 5);
	assert.strictEqual(client.self(), client);
	assert.strictEqual(client.tell, client.tell);
	client.note = "mine";
	assert.propertyVal(raw, "note", "mine");
	assert.property(client, "release");
	assert.isTrue(Object.hasOwn(client, "release"));
	assert.notProperty(raw, "release");

	// As node-postgres' own guide patches clients.
	const { tell, release } = client;
	for (let i = 0; i < 3; i++) {
		client.tell = () => tell.call(client) + 1;
		assert.strictEqual(client.tell(), 6);
		client.tell = tell;
	}
	assert.strictEqual(raw.tell, Secretive.prototype.tell);
	client.release = () => release();
	client.release();
	assert.throws(() => client.release(), "already been released");
	await db.end();
});

test("clients whose methods return promises do, and they have handles, as nobody can know them again with pg-pool", async () => {
	let made = 0;
	class Promising {
		readonly id = ++made;
		async connect() {}
		async end() {}
		on() {}
		async query(text: string) {
			return { rows: [text] };
		}
	}
	const db = new Pool({ client: () => new Promising() as unknown as RealClient, max: 1 });
	assert.deepEqual((await db.query("a")).rows, ["a"]);
	const a = await db.connect();
	a.release();
	const b = await db.connect();
	assert.throws(() => a.release(), "already been released");
	assert.strictEqual(db.resources.stats().inUse, 1);
	assert.strictEqual(stub(b).id, 1);
	b.release();
	await db.end();
});

test("the pool works behind a proxy, as tracers put it", async () => {
	const db = new Proxy(pool(), {});
	const client = await db.connect();
	client.release();
	await db.query("a");
	assert.strictEqual(db.totalCount, 1);
	assert.isFrozen(db.stats());
	await db.end();
});

test("hooks are called on the options, and the callback of end without arguments, as there", async () => {
	const seen: unknown[] = [];
	const db = pool({
		async onConnect(this: unknown) {
			seen.push(this);
		},
		verify(this: unknown, _client: unknown, done: (error?: Error) => void) {
			seen.push(this);
			done();
		},
	} as never);
	await db.query("a");
	assert.deepEqual(seen, [db.options, db.options]);
	const told = await new Promise<unknown[]>((resolve) =>
		db.end(((...args: unknown[]) => resolve(args)) as never),
	);
	assert.lengthOf(told, 0);
});
