import { assert } from "chai";
import { poolCleanup } from "ebbpool";
import { BufferPool, type BufferPoolOptions } from "ebbpool/bytes";
import { collected, expectCollected, withCollections } from "../support/collections.ts";
import { expectEquations } from "../support/expect.ts";
import type { Case, Suite } from "../support/kit.ts";
import { mark, markOf } from "../support/marks.ts";

/** Puts `count` arrays of `length` bytes; only the pool and the weak references know them. */
function fill(pool: BufferPool, length: number, count: number): WeakRef<Uint8Array>[] {
	const arrays = Array.from({ length: count }, () => pool.get(length));
	for (const array of arrays) pool.put(array);
	return arrays.map((array) => new WeakRef(array));
}

/** What is pooled in each class: `[length, local, victim]`. */
const held = (pool: BufferPool) =>
	pool.stats().classes.map(({ length, local, victim }) => [length, local, victim]);

const kinds: Record<string, BufferPoolOptions> = {
	"a plain BufferPool": {},
	"a counting one": { stats: true },
	"a zeroing one": { zero: "put" },
	"a victim-first one": { order: "victim-first" },
};

export const bytesGenerations: Suite = {
	name: "BufferPool's generations",
	cases: [
		...Object.entries(kinds).map(
			([kind, options]): Case => ({
				name: `${kind}: arrays live through one collection and are gone with the second`,
				needs: "gc",
				run: (kit) =>
					withCollections(kit, async (collect) => {
						const pool = new BufferPool(options);
						const refs = [...fill(pool, 64, 50), ...fill(pool, 5000, 50)];
						const bytes = 50 * (64 + 5120);
						assert.strictEqual(pool.stats().bytes, bytes);
						await collect();
						assert.deepEqual(held(pool), [
							[64, 0, 50],
							[5120, 0, 50],
						]);
						assert.strictEqual(pool.stats().bytes, bytes);
						await collect();
						assert.deepEqual(held(pool), [
							[64, 0, 0],
							[5120, 0, 0],
						]);
						assert.strictEqual(pool.stats().bytes, 0);
						for (const each of pool.stats().classes) {
							assert.strictEqual(each.evicted, 50);
							expectEquations(each);
						}
						await expectCollected(refs, 98, collect);
					}),
			}),
		),
		{
			name: "a class in use stays while one that is not ebbs away",
			needs: "gc",
			run: (kit) =>
				withCollections(kit, async (collect) => {
					const pool = new BufferPool();
					const small = pool.get(100);
					const marked = mark(small);
					pool.put(small);
					fill(pool, 100_000, 10);
					for (let i = 0; i < 3; i++) {
						await collect();
						const array = pool.get(100);
						assert.strictEqual(markOf(array), marked);
						pool.put(array);
					}
					assert.deepEqual(held(pool), [
						[112, 1, 0],
						[114_688, 0, 0],
					]);
				}),
		},
		{
			name: "after a burst of large arrays their memory is the engine's again",
			needs: "gc",
			run: (kit) =>
				withCollections(kit, async (collect) => {
					const pool = new BufferPool({ maxLength: 2 ** 24 });
					const refs = fill(pool, 2 ** 24, 4);
					assert.strictEqual(pool.stats().bytes, 2 ** 26);
					await collect();
					await collect();
					assert.isAtLeast(collected(refs), 3);
					assert.strictEqual(pool.stats().bytes, 0);
				}),
		},
		{
			name: "poolCleanup ages every class by one generation",
			run() {
				const pool = new BufferPool();
				fill(pool, 64, 2);
				fill(pool, 1000, 3);
				poolCleanup();
				assert.deepEqual(held(pool), [
					[64, 0, 2],
					[1024, 0, 3],
				]);
				const array = pool.get(1000);
				poolCleanup();
				assert.deepEqual(held(pool), [
					[64, 0, 0],
					[1024, 0, 0],
				]);
				pool.put(array);
				assert.deepEqual(held(pool), [
					[64, 0, 0],
					[1024, 1, 0],
				]);
			},
		},
		{
			name: "`order` decides which generation of a class is taken from first",
			run() {
				for (const order of ["local-first", "victim-first"] as const) {
					const pool = new BufferPool({ order });
					const arrays = [pool.get(64), pool.get(64)] as const;
					const [old, young] = arrays.map(mark);
					pool.put(arrays[0]);
					poolCleanup();
					pool.put(arrays[1]);
					const expected = order === "local-first" ? [young, old] : [old, young];
					assert.deepEqual([markOf(pool.get(64)), markOf(pool.get(64))], expected, order);
				}
			},
		},
	],
};
