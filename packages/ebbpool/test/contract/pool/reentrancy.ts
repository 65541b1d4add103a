import { assert } from "chai";
import { Pool, poolCleanup } from "ebbpool";
import { expectCode, expectEquations } from "../support/expect.ts";
import type { Case, Suite } from "../support/kit.ts";

interface Item {
	readonly id: number;
}

function items(count: number): Item[] {
	return Array.from({ length: count }, (_, id) => ({ id }));
}

const onTheWayIn = (["reset", "keep"] as const).flatMap((hook): Case[] => {
	/** A pool whose hook does `act` once, when it is given the item with id 0. */
	const doing = (act: (pool: Pool<Item, undefined>) => void) => {
		const disposed: Item[] = [];
		const pool: Pool<Item, undefined> = new Pool<Item>({
			stats: true,
			[hook]({ id }: Item) {
				if (id === 0) act(pool);
				return true;
			},
			dispose: (item) => void disposed.push(item),
		});
		return { pool, disposed };
	};
	const [zero, ...others] = items(4) as [Item, ...Item[]];
	return [
		{
			name: `${hook} that discards its own item is an ERR_POOL_HOOK; the item is disposed of once`,
			run() {
				const { pool, disposed } = doing((it) => it.discard(zero));
				expectCode("ERR_POOL_HOOK", () => pool.put(zero));
				assert.deepEqual(disposed, [zero]);
				assert.deepInclude(pool.stats(), { local: 0, rejected: 1, discarded: 0 });
				expectEquations(pool.stats(), true);
			},
		},
		{
			name: `${hook} that puts the item of an outer hook is an ERR_POOL_HOOK; nothing is pooled twice`,
			run() {
				const [outer, inner] = others as [Item, Item];
				const peers = new Map([
					[outer, inner],
					[inner, outer],
				]);
				const pool: Pool<Item, undefined> = new Pool<Item>({
					[hook](item: Item) {
						pool.put(peers.get(item));
						return true;
					},
				});
				expectCode("ERR_POOL_HOOK", () => pool.put(outer));
				assert.deepInclude(pool.stats(), { local: 0, rejected: 2 });
			},
		},
		{
			name: `${hook} that clears: what was pooled is let go of, the item goes in`,
			run() {
				const { pool, disposed } = doing((it) => it.clear());
				for (const item of others) pool.put(item);
				pool.put(zero);
				assert.sameMembers(disposed, others);
				assert.deepInclude(pool.stats(), { local: 1, cleared: 3 });
				expectEquations(pool.stats(), true);
				assert.strictEqual(pool.get(), zero);
			},
		},
		{
			name: `${hook} that puts another item: both are pooled`,
			run() {
				const { pool } = doing((it) => it.put(others[0]));
				pool.put(zero);
				assert.strictEqual(pool.stats().local, 2);
				expectEquations(pool.stats(), true);
				assert.sameMembers([pool.get(), pool.get()], [zero, others[0]]);
			},
		},
		{
			name: `${hook} that gets: never the item on its way in`,
			run() {
				const got: unknown[] = [];
				const { pool } = doing((it) => got.push(it.get(), it.get()));
				pool.put(others[0]);
				pool.put(zero);
				assert.deepEqual(got, [others[0], undefined]);
				assert.strictEqual(pool.get(), zero);
				expectEquations(pool.stats(), true);
			},
		},
		{
			name: `${hook} that ages every pool: the item goes in young`,
			run() {
				const { pool } = doing(() => poolCleanup());
				pool.put(others[0]);
				pool.put(zero);
				assert.deepInclude(pool.stats(), { local: 1, victim: 1 });
				assert.strictEqual(pool.get(), zero);
				assert.strictEqual(pool.get(), others[0]);
			},
		},
		{
			name: `${hook} that disposes of the pool: the item is disposed of too, once`,
			run() {
				const { pool, disposed } = doing((it) => it[Symbol.dispose]());
				for (const item of others) pool.put(item);
				pool.put(zero);
				assert.sameMembers(disposed, [...others, zero]);
				assert.deepInclude(pool.stats(), { local: 0, victim: 0, rejected: 1, cleared: 3 });
				expectEquations(pool.stats(), true);
			},
		},
	];
});

export const reentrancy: Suite = {
	name: "re-entrant hooks",
	cases: [
		...onTheWayIn,
		{
			name: "`new` that gets: the innermost item is handed through",
			run() {
				let depth = 0;
				const pool: Pool<Item> = new Pool<Item>({
					stats: true,
					new: () => (++depth < 5 ? pool.get() : { id: depth }),
				});
				assert.deepEqual(pool.get(), { id: 5 });
				assert.deepInclude(pool.stats(), { gets: 5, misses: 5, hits: 0 });
				expectEquations(pool.stats());
			},
		},
		{
			name: "`new` that puts: the caller gets what `new` returned, the rest is pooled",
			run() {
				const spare = { id: 1 };
				const pool: Pool<Item> = new Pool<Item>({
					stats: true,
					new() {
						pool.put(spare);
						return { id: 2 };
					},
				});
				assert.deepEqual(pool.get(), { id: 2 });
				assert.strictEqual(pool.stats().local, 1);
				assert.strictEqual(pool.get(), spare);
				expectEquations(pool.stats());
			},
		},
		{
			name: "`new` that clears, ages or disposes of the pool still makes its caller's item",
			run() {
				for (const act of [
					(pool: Pool<Item>) => pool.clear(),
					() => poolCleanup(),
					(pool: Pool<Item>) => pool[Symbol.dispose](),
				]) {
					const disposed: Item[] = [];
					const pool: Pool<Item> = new Pool<Item>({
						new() {
							act(pool);
							return { id: 3 };
						},
						dispose: (item) => void disposed.push(item),
					});
					assert.deepEqual(pool.get(), { id: 3 });
					assert.lengthOf(disposed, 0);
				}
			},
		},
		{
			name: "`new` that replaces itself is called as it was and then as it is",
			run() {
				const pool = new Pool<string>();
				pool.new = () => {
					pool.new = () => "second";
					return "first";
				};
				assert.deepEqual([pool.get(), pool.get()], ["first", "second"]);
			},
		},
	],
};
