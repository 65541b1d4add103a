import { assert } from "chai";
import { Pool, type PoolOptions, poolCleanup } from "ebbpool";
import { collected, expectCollected, withCollections } from "../support/collections.ts";
import { expectEquations } from "../support/expect.ts";
import type { Case, Suite } from "../support/kit.ts";

interface Item {
	readonly id: number;
}

function fill(pool: Pool<Item, unknown>, count: number): WeakRef<Item>[] {
	return Array.from({ length: count }, (_, id) => {
		const item = { id };
		pool.put(item);
		return new WeakRef(item);
	});
}

/** Takes all there is; a pool that gives without end fails instead of hanging. */
function drain(pool: Pool<Item, undefined>): number {
	let drained = 0;
	while (drained < 1000 && pool.get() !== undefined) drained++;
	return drained;
}

/** What holds for both kinds of victim generation: a pool with a `dispose` hook keeps its victims strongly. */
function agingCases(kind: string, options: () => PoolOptions<Item>): Case[] {
	const hooked = options().dispose !== undefined;
	return [
		{
			name: `${kind}: after one collection the items are still there, after two they are not (TestPool)`,
			needs: "gc",
			run: (kit) =>
				withCollections(kit, async (collect) => {
					const pool = new Pool<Item>({ ...options(), stats: true });
					fill(pool, 100);
					await collect();
					assert.deepInclude(pool.stats(), { local: 0, victim: 100, evicted: 0 });
					assert.isDefined(pool.get());
					await collect();
					assert.strictEqual(pool.get(), undefined);
					assert.deepInclude(pool.stats(), { local: 0, victim: 0, evicted: 99, victimHits: 1 });
					expectEquations(pool.stats(), hooked);
				}),
		},
		{
			name: `${kind}: all items of a victim generation can be taken`,
			needs: "gc",
			run: (kit) =>
				withCollections(kit, async (collect) => {
					const pool = new Pool<Item>(options());
					fill(pool, 100);
					await collect();
					assert.strictEqual(drain(pool), 100);
					await collect();
					await collect();
					assert.deepInclude(pool.stats(), { evicted: 0, disposed: 0, victimHits: 100 });
				}),
		},
		{
			name: `${kind}: an item taken from the victim generation and put back is young again`,
			needs: "gc",
			run: (kit) =>
				withCollections(kit, async (collect) => {
					const pool = new Pool<Item>(options());
					fill(pool, 1);
					for (let i = 0; i < 4; i++) {
						await collect();
						assert.strictEqual(pool.stats().victim, 1);
						pool.put(pool.get());
						assert.deepInclude(pool.stats(), { local: 1, victim: 0 });
					}
					await collect();
					await collect();
					assert.strictEqual(pool.get(), undefined);
				}),
		},
		...[true, false].map(
			(drained): Case => ({
				name: `${kind}: of 100 items${drained ? " taken and dropped" : ""} at least 99 are collected after the second collection, three rounds in a row (${drained ? "TestPoolGC" : "TestPoolRelease"})`,
				needs: "gc",
				run: (kit) =>
					withCollections(kit, async (collect) => {
						const pool = new Pool<Item>(options());
						for (let round = 0; round < 3; round++) {
							const refs = fill(pool, 100);
							if (drained) assert.strictEqual(drain(pool), 100);
							await collect();
							if (!drained) assert.strictEqual(pool.stats().victim, 100);
							await collect();
							// A strong victim is let go of when the second collection is noticed, so a third one frees it.
							if (hooked && !drained) await collect();
							assert.deepInclude(pool.stats(), { local: 0, victim: 0 }, `round ${round}`);
							await expectCollected(refs, 99, collect);
						}
					}),
			}),
		),
		{
			name: `${kind}: poolCleanup ages as a collection does, also mixed with real ones`,
			needs: "gc",
			run: (kit) =>
				withCollections(kit, async (collect) => {
					const pool = new Pool<Item>(options());
					fill(pool, 10);
					poolCleanup();
					assert.deepInclude(pool.stats(), { local: 0, victim: 10 });
					await collect();
					assert.deepInclude(pool.stats(), { victim: 0, evicted: 10 });
					fill(pool, 10);
					await collect();
					assert.deepInclude(pool.stats(), { local: 0, victim: 10 });
					poolCleanup();
					assert.deepInclude(pool.stats(), { victim: 0, evicted: 20 });
					assert.strictEqual(pool.get(), undefined);
				}),
		},
		{
			name: `${kind}: items put between collections are aged one generation behind each other`,
			needs: "gc",
			run: (kit) =>
				withCollections(kit, async (collect) => {
					const pool = new Pool<Item>(options());
					for (let i = 1; i <= 5; i++) {
						fill(pool, 10 * i);
						await collect();
						assert.deepInclude(pool.stats(), { local: 0, victim: 10 * i, evicted: 5 * i * (i - 1) });
					}
				}),
		},
	];
}

export const generations: Suite = {
	name: "generations",
	cases: [
		...agingCases("without dispose", () => ({})),
		...agingCases("with dispose", () => ({ dispose() {} })),
		{
			name: "dispose runs once for each item, when the second collection is noticed",
			needs: "gc",
			run: (kit) =>
				withCollections(kit, async (collect) => {
					const disposed: number[] = [];
					const pool = new Pool<Item>({ dispose: ({ id }) => void disposed.push(id) });
					fill(pool, 10);
					await collect();
					assert.lengthOf(disposed, 0);
					const out = pool.get();
					await collect();
					const ids = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
					assert.sameMembers(
						disposed,
						ids.filter((id) => id !== out?.id),
					);
					await collect();
					assert.lengthOf(disposed, 9);
				}),
		},
		{
			name: "a pool that nobody refers to is collected with all it holds",
			needs: "gc",
			run: (kit) =>
				withCollections(kit, async (collect) => {
					const makeAndDrop = () => {
						const pool = new Pool<Item>({ dispose: () => {} });
						return [new WeakRef(pool), ...fill(pool, 10)];
					};
					const refs = Array.from({ length: 10 }, makeAndDrop).flat();
					await collect();
					await collect();
					await collect();
					// A collector that searches the stack for anything that looks like a reference may keep one pool, with all it holds.
					assert.isAtLeast(collected(refs), refs.length - 11);
				}),
		},
	],
};
