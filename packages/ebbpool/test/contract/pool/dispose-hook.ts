import { assert } from "chai";
import { Pool, poolCleanup } from "ebbpool";
import { expectEquations } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";

/** A pool of numbers, and what its `dispose` hook was given. */
function recording(keep?: (n: number) => boolean) {
	const disposed: number[] = [];
	const pool = new Pool<number>({ keep, stats: true, dispose: (...given) => void disposed.push(...given) });
	return { pool, disposed };
}

export const disposeHook: Suite = {
	name: "the dispose hook",
	cases: [
		{
			name: "runs once for each accepted put that is not got again",
			run() {
				const { pool, disposed } = recording();
				for (let i = 0; i < 10; i++) pool.put(i);
				const out = [pool.get(), pool.get(), pool.get()];
				poolCleanup();
				out.push(pool.get());
				assert.lengthOf(disposed, 0);
				poolCleanup();
				poolCleanup();
				const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
				assert.sameMembers([...disposed, ...out], all);
				assert.lengthOf(disposed, 6);
				expectEquations(pool.stats(), true);
			},
		},
		{
			name: "an item that was put, taken and put again is disposed of once",
			run() {
				const { pool, disposed } = recording();
				for (let i = 0; i < 100; i++) {
					pool.put(1);
					pool.get();
				}
				pool.put(1);
				pool.clear();
				assert.deepEqual(disposed, [1]);
				expectEquations(pool.stats(), true);
			},
		},
		{
			name: "an item that was put twice is two puts",
			run() {
				const { pool, disposed } = recording();
				pool.put(1);
				pool.put(1);
				pool.clear();
				assert.deepEqual(disposed, [1, 1]);
			},
		},
		{
			name: "runs at once for rejected items",
			run() {
				const { pool, disposed } = recording((n) => n % 2 === 0);
				for (let i = 0; i < 6; i++) pool.put(i);
				assert.deepEqual(disposed, [1, 3, 5]);
				assert.deepInclude(pool.stats(), { puts: 6, rejected: 3, local: 3, disposed: 3 });
				expectEquations(pool.stats(), true);
			},
		},
		{
			name: "runs at once for discarded items, which are counted and are no puts",
			run() {
				const { pool, disposed } = recording();
				pool.put(1);
				const item = pool.get();
				pool.discard(item);
				pool.discard(2);
				assert.deepEqual(disposed, [1, 2]);
				assert.deepInclude(pool.stats(), { puts: 1, discarded: 2, disposed: 2, rejected: 0 });
				expectEquations(pool.stats(), true);
				assert.strictEqual(pool.get(), undefined);
			},
		},
		{
			name: "a discarded item is asked neither `reset` nor `keep`",
			run() {
				const hook = () => assert.fail("it does not come in");
				new Pool<object>({ reset: hook, keep: hook }).discard({});
			},
		},
		{
			name: "never runs for items that are out",
			run() {
				const { pool, disposed } = recording();
				for (let i = 0; i < 5; i++) pool.put(i);
				const out = Array.from({ length: 5 }, () => pool.get());
				poolCleanup();
				poolCleanup();
				pool.clear();
				pool[Symbol.dispose]();
				assert.lengthOf(disposed, 0);
				assert.sameMembers(out, [0, 1, 2, 3, 4]);
			},
		},
		{
			name: "without the hook nothing counts as disposed",
			run() {
				const pool = new Pool<number>({ keep: (n) => n > 0, stats: true });
				for (let i = 0; i < 5; i++) pool.put(i);
				pool.discard(9);
				poolCleanup();
				poolCleanup();
				pool.put(1);
				pool.clear();
				assert.deepInclude(pool.stats(), {
					rejected: 1,
					discarded: 1,
					evicted: 4,
					cleared: 1,
					disposed: 0,
				});
				expectEquations(pool.stats());
			},
		},
	],
};
