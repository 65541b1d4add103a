import { assert } from "chai";
import { Pool, type PoolOrder, poolCleanup } from "ebbpool";
import { expectEquations } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";

const PEAK = 100;
const CYCLES = 10;
const PAIRS_PER_CYCLE = 1000;

/** Items pooled after a burst of `PEAK` was followed by cycles in which one item at a time is in use. */
function sizeAfterBurst(order: PoolOrder): { made: number; pooled: number } {
	let made = 0;
	const pool = new Pool({ new: () => ({ id: made++ }), order, stats: true });
	const burst = Array.from({ length: PEAK }, () => pool.get());
	for (const item of burst) pool.put(item);
	for (let cycle = 0; cycle < CYCLES; cycle++) {
		poolCleanup();
		for (let pair = 0; pair < PAIRS_PER_CYCLE; pair++) pool.put(pool.get());
	}
	const stats = pool.stats();
	expectEquations(stats);
	return { made, pooled: stats.local + stats.victim };
}

export const orders: Suite = {
	name: "orders",
	cases: [
		{
			name: "local-first, the default, takes young items before victims",
			run() {
				for (const pool of [new Pool<string>(), new Pool<string>({ order: "local-first" })]) {
					pool.put("victim");
					poolCleanup();
					pool.put("local");
					assert.deepEqual([pool.get(), pool.get(), pool.get()], ["local", "victim", undefined]);
					assert.strictEqual(pool.stats().victimHits, 1);
				}
			},
		},
		{
			name: "victim-first takes victims before young items",
			run() {
				const pool = new Pool<string>({ order: "victim-first" });
				pool.put("victim");
				poolCleanup();
				pool.put("local");
				assert.deepEqual([pool.get(), pool.get(), pool.get()], ["victim", "local", undefined]);
				assert.strictEqual(pool.stats().victimHits, 1);
			},
		},
		{
			name: "after a burst local-first shrinks to what is in use",
			run() {
				assert.deepEqual(sizeAfterBurst("local-first"), { made: PEAK, pooled: 1 });
			},
		},
		{
			name: "after a burst victim-first stays at the peak while it is in steady use",
			run() {
				assert.deepEqual(sizeAfterBurst("victim-first"), { made: PEAK, pooled: PEAK });
			},
		},
		{
			name: "both orders forget what nobody takes",
			run() {
				for (const order of ["local-first", "victim-first"] as const) {
					const pool = new Pool<number>({ order });
					for (let i = 0; i < PEAK; i++) pool.put(i);
					poolCleanup();
					poolCleanup();
					assert.strictEqual(pool.get(), undefined);
					assert.strictEqual(pool.stats().evicted, PEAK);
				}
			},
		},
	],
};
