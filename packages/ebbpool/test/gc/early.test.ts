import { describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { assert } from "chai";
import { configure, Pool, poolCleanup } from "ebbpool";
import { collectNow, majorGC, turns } from "../support/major-gc.ts";

configure({ minAge: 0 }); // Go's rhythm

interface Item {
	readonly name: string;
}

function namesIn(pool: Pool<Item, undefined>): string[] {
	const names: string[] = [];
	for (let item = pool.get(); item !== undefined; item = pool.get()) names.push(item.name);
	return names.sort();
}

describe("an item put between a collection and its tick", () => {
	for (const options of [{}, { dispose() {} }, { reset() {} }, { stats: true }]) {
		test(`lives through one major collection: ${Object.keys(options)[0] ?? "a plain pool"}`, async () => {
			const pool = new Pool<Item>(options);
			pool.put({ name: "before" });
			await turns();
			collectNow();
			pool.put({ name: "between" });
			await turns();
			assert.deepInclude(pool.stats(), { local: 1, victim: 1 });
			await majorGC();
			assert.deepEqual(namesIn(pool), ["between"]);
			assert.strictEqual(pool.stats().evicted, 1);
		});
	}

	test("lets a dispose hook age every pool meanwhile, and nothing ages twice", async () => {
		const pool = new Pool<Item>({ dispose: () => poolCleanup() });
		pool.put({ name: "before" });
		await majorGC();
		pool.put({ name: "later" });
		await turns();
		collectNow();
		pool.put({ name: "between" });
		assert.deepInclude(pool.stats(), { local: 1, victim: 1, evicted: 1 });
	});

	test("is gone with the second", async () => {
		const pool = new Pool<Item>();
		pool.put({ name: "before" });
		await turns();
		collectNow();
		pool.put({ name: "between" });
		await turns();
		await majorGC();
		await majorGC();
		assert.deepEqual(namesIn(pool), []);
	});
});

test("what the collector took before its tick counts as evicted, also where the pool is cleared then", async () => {
	const pool = new Pool<Item>({ stats: true });
	pool.put({ name: "old" });
	await majorGC();
	pool.put({ name: "young" });
	await turns();
	collectNow();
	pool.clear();
	assert.deepInclude(pool.stats(), { evicted: 1, cleared: 1, hits: 0, local: 0, victim: 0 });
});

describe("minAge", () => {
	const LONG = 60_000;

	test("items live through any number of collections while they are too young", async () => {
		const pool = new Pool<Item>({ minAge: LONG });
		pool.put({ name: "a" });
		for (let i = 0; i < 6; i++) await majorGC();
		assert.deepInclude(pool.stats(), { local: 0, victim: 1, evicted: 0 });
		assert.deepEqual(namesIn(pool), ["a"]);
	});

	test("what is put soon after others became old stays young until these are an eighth of it old, or memory is wanted", async () => {
		const pool = new Pool<Item>({ minAge: LONG });
		pool.put({ name: "a" });
		await majorGC();
		pool.put({ name: "b" });
		await majorGC();
		assert.deepInclude(pool.stats(), { local: 1, victim: 1, evicted: 0 });
		poolCleanup();
		assert.deepInclude(pool.stats(), { local: 0, victim: 1, evicted: 1 });
		assert.deepEqual(namesIn(pool), ["b"]);
	});

	test("what is put later than an eighth of it after others became old becomes old with the next collection", async () => {
		const pool = new Pool<Item>({ minAge: 16_000 });
		pool.put({ name: "a" });
		await majorGC();
		await setTimeout(2_100);
		pool.put({ name: "b" });
		await majorGC();
		assert.deepInclude(pool.stats(), { local: 0, victim: 2, evicted: 0 });
	});

	for (const dispose of [undefined, () => {}]) {
		test(`they go with the next collection after that, and not before${dispose ? ", disposed of" : ""}`, async () => {
			const pool = new Pool<Item>({ minAge: 300, dispose });
			pool.put({ name: "a" });
			await majorGC();
			await majorGC();
			assert.deepInclude(pool.stats(), { victim: 1, evicted: 0 });
			await setTimeout(400);
			assert.deepInclude(pool.stats(), { victim: 1, evicted: 0 });
			await turns();
			await majorGC();
			assert.deepInclude(pool.stats(), { victim: 0, evicted: 1 });
		});
	}

	test("what is old enough is weak: the next collection itself frees it", async () => {
		const pool = new Pool<Item>({ minAge: 100 });
		const put = () => {
			const item = { name: "a" };
			pool.put(item);
			return new WeakRef(item);
		};
		const ref = put();
		await majorGC();
		await setTimeout(300);
		await majorGC();
		assert.strictEqual(ref.deref(), undefined);
	});

	test("what is too young to go waits by one timer, and not by many", async () => {
		const real = globalThis.setTimeout;
		let started = 0;
		globalThis.setTimeout = ((...args: Parameters<typeof real>) => {
			started++;
			return real(...args);
		}) as typeof real;
		try {
			const pool = new Pool<Item>({ minAge: 300 });
			pool.put({ name: "a" });
			await majorGC();
			await setTimeout(200);
			assert.isAtMost(started, 5);
		} finally {
			globalThis.setTimeout = real;
		}
	});

	test("each pool ages by its own, and a later setting of the thread holds for pools that are filled already", async () => {
		const young = new Pool<Item>({ minAge: LONG });
		const old = new Pool<Item>({ minAge: 0 });
		const thread = new Pool<Item>();
		try {
			configure({ minAge: LONG });
			for (const pool of [young, old, thread]) pool.put({ name: "a" });
			await majorGC();
			await majorGC();
			assert.strictEqual(young.stats().victim, 1);
			assert.strictEqual(old.stats().evicted, 1);
			assert.strictEqual(thread.stats().victim, 1);
			configure({ minAge: 0 });
			await turns();
			await majorGC();
			assert.strictEqual(thread.stats().evicted, 1);
			assert.strictEqual(young.stats().victim, 1);
		} finally {
			configure({ minAge: 0 });
		}
	});

	test("a surplus goes although collections come in quick succession and the pool is in use", async () => {
		const pool = new Pool<Item>({ minAge: 400 });
		for (let i = 0; i < 1000; i++) pool.put({ name: `${i}` });
		const deadline = Date.now() + 20_000;
		while (pool.stats().evicted < 900 && Date.now() < deadline) {
			pool.put(pool.get());
			await majorGC();
			await setTimeout(20);
		}
		assert.isAtLeast(pool.stats().evicted, 900);
		assert.isAtLeast(pool.stats().local + pool.stats().victim, 1);
	});
});
