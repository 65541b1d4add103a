import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { Pool, type PoolOptions, poolCleanup } from "ebbpool";
import { collectNow, majorGC } from "../support/major-gc.ts";

// Go's TestPoolStress runs ten goroutines against one pool, and TestPoolDequeue and TestPoolChain its lock-free queues.
// In one thread the interleaving is that of tasks at their awaits, and what must hold is the same: an item has one owner
// at a time, and each value that went in comes out once.

const WORKERS = 10;

interface Owned {
	owner: number | undefined;
}

const kinds: Record<string, PoolOptions<Owned>> = {
	"a plain pool": {},
	"a victim-first pool with dispose": { order: "victim-first", dispose() {} },
	"a counting pool with reset": { stats: true, reset: (item) => assert.equal(item.owner, undefined) },
};

for (const [kind, options] of Object.entries(kinds)) {
	test(`${kind}: ten tasks never own the same item, whatever ages in between (TestPoolStress)`, async () => {
		const pool = new Pool({ ...options, new: (): Owned => ({ owner: undefined }) });
		let running = WORKERS;
		const work = async (worker: number) => {
			for (let round = 0; round < 200; round++) {
				const items = Array.from({ length: 1 + ((round * 7 + worker) % 20) }, () => pool.get());
				for (const item of items) {
					assert.equal(item.owner, undefined);
					item.owner = worker;
				}
				await setImmediate();
				for (const item of items) {
					assert.equal(item.owner, worker);
					item.owner = undefined;
					pool.put(item);
				}
				if (round % 3 === 0) await setImmediate();
			}
			running--;
		};
		const age = async () => {
			while (running > 0) {
				poolCleanup();
				await setImmediate();
				await setImmediate();
				collectNow();
				await setImmediate();
			}
		};
		await Promise.all([...Array.from({ length: WORKERS }, (_, i) => work(i)), age()]);
		const { local, victim, evicted, misses } = pool.stats();
		assert.equal(local + victim + evicted, misses, "every item that was made is pooled or was let go of");
	});
}

describe("one producer", () => {
	test("each of a million values comes out once, with gets in between and a drain at the end (TestPoolDequeue)", () => {
		const N = 1_000_000;
		const have = new Uint8Array(N);
		const pool = new Pool<number>();
		const take = () => {
			const value = pool.get();
			if (value === undefined) return false;
			have[value] = (have[value] as number) + 1;
			return true;
		};
		for (let i = 0; i < N; i++) {
			pool.put(i);
			if (i % 10 === 0) take();
			if (i % 100_000 === 50_000) poolCleanup();
		}
		for (let i = 0; i < N && take(); i++);
		const { evicted } = pool.stats();
		const came = have.reduce((sum, count) => sum + count, 0);
		assert.equal(came + evicted, N);
		assert.ok(have.every((count) => count <= 1));
		assert.ok(evicted > 0 && came > 0);
	});

	test("a pool in steady use makes one item, however many major collections run in between", async () => {
		let made = 0;
		const pool = new Pool(() => ({ id: made++ }));
		for (let i = 0; i < 20; i++) {
			for (let j = 0; j < 1000; j++) pool.put(pool.get());
			await majorGC();
		}
		assert.equal(made, 1);
	});
});
