import { assert } from "chai";
import { Pool, poolCleanup } from "ebbpool";
import { expectCode, expectEquations, thrownBy } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";

function recording() {
	const disposed: number[] = [];
	const pool = new Pool<number>({
		new: () => 1000,
		dispose: (item) => void disposed.push(item),
		stats: true,
	});
	return { pool, disposed };
}

export const ending: Suite = {
	name: "clear and dispose",
	cases: [
		{
			name: "clear lets go of both generations and disposes of each item once",
			run() {
				const { pool, disposed } = recording();
				pool.put(1);
				pool.put(2);
				poolCleanup();
				pool.put(3);
				pool.clear();
				assert.sameMembers(disposed, [1, 2, 3]);
				assert.deepInclude(pool.stats(), { local: 0, victim: 0, cleared: 3, evicted: 0, disposed: 3 });
				assert.strictEqual(pool.get(), 1000);
				expectEquations(pool.stats(), true);
			},
		},
		{
			name: "clear without a dispose hook counts what it let go of",
			run() {
				const pool = new Pool<number>({ stats: true });
				pool.put(1);
				poolCleanup();
				pool.put(2);
				pool.clear();
				assert.deepInclude(pool.stats(), { local: 0, victim: 0, cleared: 2, disposed: 0 });
				assert.strictEqual(pool.get(), undefined);
				expectEquations(pool.stats());
			},
		},
		{
			name: "clear leaves items that are out alone, and the pool goes on",
			run() {
				const { pool, disposed } = recording();
				const out = pool.get();
				pool.clear();
				pool.clear();
				assert.lengthOf(disposed, 0);
				pool.put(out);
				assert.strictEqual(pool.get(), out);
			},
		},
		{
			name: "disposing of a pool lets go of both generations, once, however often",
			run() {
				const { pool, disposed } = recording();
				pool.put(1);
				poolCleanup();
				pool.put(2);
				pool[Symbol.dispose]();
				pool[Symbol.dispose]();
				pool.clear();
				poolCleanup();
				assert.sameMembers(disposed, [1, 2]);
				assert.deepInclude(pool.stats(), { local: 0, victim: 0, cleared: 2, disposed: 2 });
				expectEquations(pool.stats(), true);
			},
		},
		{
			name: "`using` disposes of a pool at the end of the block",
			run() {
				const disposed: number[] = [];
				{
					using pool = new Pool<number>({ dispose: (item) => void disposed.push(item) });
					pool.put(1);
				}
				assert.deepEqual(disposed, [1]);
			},
		},
		{
			name: "get, lease and use of a disposed pool throw ERR_POOL_DISPOSED",
			run() {
				const pool = new Pool({ new: () => assert.fail("not called any more"), stats: true });
				pool[Symbol.dispose]();
				expectCode("ERR_POOL_DISPOSED", () => pool.get());
				expectCode("ERR_POOL_DISPOSED", () => pool.lease());
				expectCode("ERR_POOL_DISPOSED", () => pool.use(() => assert.fail("not called")));
				const unnamed = new Pool<number>();
				unnamed.put(1);
				unnamed[Symbol.dispose]();
				expectCode("ERR_POOL_DISPOSED", () => unnamed.get());
				expectEquations(pool.stats());
			},
		},
		{
			name: "a late put disposes of its item without throwing, and counts it as rejected",
			run() {
				const { pool, disposed } = recording();
				const out = pool.get();
				pool[Symbol.dispose]();
				pool.put(out);
				pool.put(undefined);
				assert.deepEqual(disposed, [out]);
				assert.deepInclude(pool.stats(), { puts: 1, rejected: 1, local: 0, disposed: 1 });
				expectEquations(pool.stats(), true);
				expectCode("ERR_POOL_DISPOSED", () => pool.get());
			},
		},
		{
			name: "a late put is neither reset nor asked whether to keep it",
			run() {
				const calls: string[] = [];
				const pool = new Pool<object>({
					reset: () => void calls.push("reset"),
					keep: () => calls.push("keep") > 0,
					dispose: () => void calls.push("dispose"),
				});
				pool[Symbol.dispose]();
				pool.put({});
				assert.deepEqual(calls, ["dispose"]);
			},
		},
		{
			name: "a late put into a pool without a dispose hook is dropped",
			run() {
				const pool = new Pool<number>({ stats: true });
				pool[Symbol.dispose]();
				for (let i = 0; i < 10; i++) pool.put(i);
				assert.deepInclude(pool.stats(), { rejected: 10, local: 0, disposed: 0 });
				poolCleanup();
				expectEquations(pool.stats());
			},
		},
		{
			name: "a late end of a lease disposes of its item without throwing",
			run() {
				const { pool, disposed } = recording();
				const [released, discarded] = [pool.lease(), pool.lease()];
				{
					using _lease = pool.lease();
					pool[Symbol.dispose]();
				}
				released.release();
				discarded.discard();
				assert.deepEqual(disposed, [1000, 1000, 1000]);
				expectEquations(pool.stats(), true);
			},
		},
		{
			name: "a use that ends late disposes of its item without throwing",
			async run() {
				const { pool, disposed } = recording();
				const result = pool.use(async (item) => item);
				pool[Symbol.dispose]();
				assert.strictEqual(await result, 1000);
				assert.deepEqual(disposed, [1000]);
			},
		},
		{
			name: "a late discard disposes of its item without throwing",
			run() {
				const { pool, disposed } = recording();
				pool[Symbol.dispose]();
				pool.discard(5);
				assert.deepEqual(disposed, [5]);
				assert.strictEqual(pool.stats().discarded, 1);
			},
		},
		{
			name: "a pool whose dispose hooks throw is disposed of all the same",
			run() {
				const failure = new Error("dispose");
				const pool = new Pool<number>({
					dispose() {
						throw failure;
					},
				});
				pool.put(1);
				assert.strictEqual(
					thrownBy(() => pool[Symbol.dispose]()),
					failure,
				);
				pool[Symbol.dispose]();
				expectCode("ERR_POOL_DISPOSED", () => pool.get());
				assert.deepInclude(pool.stats(), { local: 0, cleared: 1 });
			},
		},
		{
			name: "`new` of a disposed pool can still be assigned, and is still checked",
			run() {
				const pool = new Pool<number>();
				pool[Symbol.dispose]();
				pool.new = () => 1;
				expectCode("ERR_POOL_DISPOSED", () => pool.get());
				expectCode("ERR_POOL_OPTION", () => {
					pool.new = 3 as unknown as () => number;
				});
			},
		},
	],
};
