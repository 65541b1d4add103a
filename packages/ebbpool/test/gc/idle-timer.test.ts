import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { configure, Pool, poolCleanup } from "ebbpool";
import { majorGC } from "../support/major-gc.ts";

configure({ minAge: 0 }); // Go's rhythm

const DEFAULT_IDLE_CLEANUP = 120_000;
const DEADLINE = 10_000;

/** The time at which the pool was first seen with nothing in its local generation. */
async function agedAt(pool: Pool<object, undefined>): Promise<number> {
	const deadline = performance.now() + DEADLINE;
	while (pool.stats().local > 0 && performance.now() < deadline) await setTimeout(2);
	assert.equal(pool.stats().local, 0, "the idle timer aged the pool");
	return performance.now();
}

describe("the idle timer", () => {
	afterEach(() => {
		configure({ idleCleanup: DEFAULT_IDLE_CLEANUP });
		poolCleanup();
		poolCleanup();
	});

	test("ages no earlier than idleCleanup ms after the first put", async () => {
		configure({ idleCleanup: 200 });
		const pool = new Pool<object>();
		const started = performance.now();
		pool.put({});
		const aged = await agedAt(pool);
		// Timers count in whole milliseconds.
		assert.ok(aged - started >= 199, `aged after ${aged - started} ms`);
	});

	test("starts anew at a major collection", async () => {
		configure({ idleCleanup: 600 });
		const pool = new Pool<object>();
		pool.put({});
		await setTimeout(300);
		const collected = performance.now();
		await majorGC();
		assert.equal(pool.stats().victim, 1);
		pool.put({});
		const aged = await agedAt(pool);
		assert.ok(aged - collected >= 599, `aged ${aged - collected} ms after the collection`);
	});

	test("is not put off by pools that are filled meanwhile", async () => {
		configure({ idleCleanup: 200 });
		const pool = new Pool<object>();
		pool.put({});
		let busy = true;
		const filling = (async () => {
			while (busy) {
				new Pool<object>().put({});
				await setTimeout(20);
			}
		})();
		const started = performance.now();
		const aged = await agedAt(pool);
		busy = false;
		await filling;
		assert.ok(aged - started < 4000, `aged after ${aged - started} ms, twenty times the delay at the most`);
	});

	test("goes on aging until nothing is held, then can start again", async () => {
		configure({ idleCleanup: 20 });
		const pool = new Pool<object>();
		for (let round = 1; round <= 3; round++) {
			pool.put({});
			await agedAt(pool);
			const deadline = performance.now() + DEADLINE;
			while (pool.stats().victim > 0 && performance.now() < deadline) await setTimeout(2);
			assert.equal(pool.stats().evicted, round);
		}
	});

	test("can be turned on again for pools that are filled already", async () => {
		configure({ idleCleanup: false });
		const pool = new Pool<object>();
		pool.put({});
		configure({ idleCleanup: 20 });
		await agedAt(pool);
	});
});
