import { assert } from "chai";
import { Pool, poolCleanup } from "ebbpool";
import { expectGathered, thrownBy } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";

export const cleanup: Suite = {
	name: "poolCleanup",
	cases: [
		{
			name: "ages every pool of the thread by one generation",
			run() {
				const pools = Array.from({ length: 50 }, () => new Pool<number>());
				for (const [i, pool] of pools.entries()) pool.put(i);
				poolCleanup();
				for (const pool of pools) assert.deepInclude(pool.stats(), { local: 0, victim: 1, evicted: 0 });
				poolCleanup();
				for (const pool of pools) assert.deepInclude(pool.stats(), { local: 0, victim: 0, evicted: 1 });
			},
		},
		{
			name: "after one cleanup the item is still there, after two it is not",
			run() {
				const pool = new Pool<string>();
				pool.put("a");
				poolCleanup();
				assert.strictEqual(pool.get(), "a");
				pool.put("b");
				poolCleanup();
				poolCleanup();
				assert.strictEqual(pool.get(), undefined);
			},
		},
		{
			name: "a pool that was left empty joins again with its next put",
			run() {
				const pool = new Pool<number>();
				for (let round = 1; round <= 5; round++) {
					pool.put(round);
					for (let i = 0; i < 4; i++) poolCleanup();
					assert.deepInclude(pool.stats(), { local: 0, victim: 0, evicted: round });
				}
			},
		},
		{
			name: "does nothing to empty pools, and may be called at any time",
			run() {
				const pool = new Pool<object>({ dispose: () => assert.fail("nothing to let go of") });
				for (let i = 0; i < 10; i++) poolCleanup();
				assert.deepInclude(pool.stats(), { local: 0, victim: 0, evicted: 0, disposed: 0 });
			},
		},
		{
			name: "leaves items that are out alone",
			run() {
				const disposed: unknown[] = [];
				const pool = new Pool<object>({ dispose: (item) => void disposed.push(item) });
				const item = {};
				pool.put(item);
				assert.strictEqual(pool.get(), item);
				poolCleanup();
				poolCleanup();
				assert.lengthOf(disposed, 0);
				pool.put(item);
				assert.strictEqual(pool.get(), item);
			},
		},
		{
			name: "disposes of every item of every pool although hooks throw, then throws all their errors as one",
			run() {
				const disposed: number[] = [];
				const errors = Array.from({ length: 6 }, (_, i) => new Error(`dispose ${i}`));
				const failing = () =>
					new Pool<number>({
						dispose(i) {
							disposed.push(i);
							throw errors[i];
						},
					});
				const pools = [failing(), failing(), failing()];
				for (const [i, pool] of pools.entries()) {
					pool.put(2 * i);
					pool.put(2 * i + 1);
				}
				poolCleanup();
				assert.lengthOf(disposed, 0);
				const error = thrownBy(poolCleanup);
				assert.sameMembers(disposed, [0, 1, 2, 3, 4, 5]);
				expectGathered(
					error,
					disposed.map((i) => errors[i]),
				);
				for (const pool of pools)
					assert.deepInclude(pool.stats(), { evicted: 2, disposed: 2, local: 0, victim: 0 });
				poolCleanup();
				assert.lengthOf(disposed, 6);
			},
		},
		{
			name: "a single error reaches its caller as it is",
			run() {
				const failure = new Error("dispose");
				const pool = new Pool<string>({
					dispose() {
						throw failure;
					},
				});
				pool.put("a");
				poolCleanup();
				assert.strictEqual(thrownBy(poolCleanup), failure);
			},
		},
	],
};
