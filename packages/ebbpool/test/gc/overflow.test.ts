import { describe, test } from "node:test";
import { assert } from "chai";
import { Pool, poolCleanup } from "ebbpool";
import { nearOverflow } from "../support/near-overflow.ts";

/** Calls `act` at every depth from the end of the stack outwards, so that the stack overflows at each of its calls. */
function atEveryDepth(act: () => void, levels: number): number {
	let calls = 0;
	let threw = 0;
	const dive = (): void => {
		try {
			dive();
		} catch {
			// here is the end of the stack
		}
		if (calls >= levels) return;
		calls++;
		try {
			act();
		} catch (error) {
			if (error instanceof RangeError) threw++;
		}
	};
	dive();
	return threw;
}

const LEVELS = 600;

describe("after the stack overflowed", () => {
	test("in poolCleanup, every pool of the thread goes on aging", () => {
		const pools = Array.from({ length: 50 }, () => new Pool<object>());
		for (const pool of pools) pool.put({});
		assert.isAbove(atEveryDepth(poolCleanup, LEVELS), 0, "it overflowed");
		for (const pool of pools) pool.put({});
		for (let i = 0; i < 3; i++) poolCleanup();
		for (const pool of pools) assert.deepInclude(pool.stats(), { local: 0, victim: 0 });
	});

	test("in poolCleanup, it says so unless every pool has aged", () => {
		const pools = Array.from({ length: 3 }, () => new Pool<object>());
		/** How many levels from the end of the stack outwards. */
		const cleanUpAt = (level: number): boolean => {
			let depth = 0;
			let threw = false;
			const dive = (): void => {
				try {
					dive();
				} catch {
					// here is the end of the stack
				}
				if (depth++ !== level) return;
				try {
					poolCleanup();
				} catch {
					threw = true;
				}
			};
			dive();
			return threw;
		};
		let threw = 0;
		for (let level = 0; level < LEVELS; level++) {
			for (const pool of pools) {
				pool.clear();
				pool.put({});
			}
			if (cleanUpAt(level)) threw++;
			else for (const pool of pools) assert.deepInclude(pool.stats(), { local: 0, victim: 1 }, `${level}`);
		}
		assert.isAbove(threw, 0, "it overflowed");
		for (let i = 0; i < 3; i++) poolCleanup();
		for (const pool of pools) assert.deepInclude(pool.stats(), { local: 0, victim: 0 });
	});

	for (const options of [{}, { reset() {}, keep: () => true }, { dispose() {} }, { stats: true }]) {
		const kind = Object.keys(options).join(" and ") || "a plain pool";
		test(`in a pool's own methods, it goes on: ${kind}`, () => {
			const pool = new Pool({ new: () => ({}), ...options });
			const acts = [
				() => pool.put({}),
				() => void pool.get(),
				() => pool.use(() => {}),
				() => pool.lease().release(),
				() => pool.clear(),
				() => void pool.stats(),
				poolCleanup,
			];
			for (const act of acts) atEveryDepth(act, LEVELS);
			pool.clear();
			const item = {};
			pool.put(item);
			assert.strictEqual(pool.get(), item);
			pool.put(item);
			for (let i = 0; i < 3; i++) poolCleanup();
			assert.deepInclude(pool.stats(), { local: 0, victim: 0 });
			assert.notStrictEqual(pool.get(), item);
		});
	}

	test("in a put, no timer was begun that would keep the process alive for want of room to tell it; the next put begins it", (t) => {
		const native = globalThis.setTimeout;
		let begun = 0;
		globalThis.setTimeout = ((...args: Parameters<typeof native>) => {
			begun++;
			return native(...args);
		}) as typeof native;
		t.after(() => {
			globalThis.setTimeout = native;
		});
		const others = Array.from({ length: LEVELS }, () => new Pool<object>());
		let next = 0;
		const putIntoNext = () => others[next++]?.put({});
		putIntoNext();
		for (let i = 0; i < 3; i++) poolCleanup();
		begun = 0;
		nearOverflow(putIntoNext, 0);
		const held = others.filter((pool) => pool.stats().local === 1);
		assert.isAbove(held.length, 0, "some were put");
		assert.strictEqual(begun, 0);
		putIntoNext();
		assert.strictEqual(begun, 1);
		for (let i = 0; i < 3; i++) poolCleanup();
	});
});
