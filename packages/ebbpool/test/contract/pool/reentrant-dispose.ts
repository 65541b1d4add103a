import { assert } from "chai";
import { Pool, poolCleanup } from "ebbpool";
import { expectCode, expectEquations } from "../support/expect.ts";
import type { Case, Suite } from "../support/kit.ts";

interface Item {
	readonly id: number;
}

/** Beyond this many calls a hook stops re-entering, so that a case that would go on for ever fails instead. */
const ENDLESS = 1000;

function items(count: number): Item[] {
	return Array.from({ length: count }, (_, id) => ({ id }));
}

const letGo: Record<string, (pool: Pool<Item, undefined>) => void> = {
	clear: (pool) => pool.clear(),
	poolCleanup() {
		poolCleanup();
		poolCleanup();
	},
};

const whileLettingGo = Object.entries(letGo).flatMap(([name, act]): Case[] => [
	{
		name: `dispose that puts the same item back ends, during ${name}, and the item is pooled again`,
		run() {
			const all = items(10);
			let calls = 0;
			const pool = new Pool<Item>({
				stats: true,
				dispose(item) {
					if (++calls < ENDLESS) pool.put(item);
				},
			});
			for (const item of all) pool.put(item);
			act(pool);
			assert.strictEqual(calls, 10);
			assert.deepInclude(pool.stats(), { local: 10, victim: 0, disposed: 10, puts: 20 });
			expectEquations(pool.stats(), true);
			assert.sameMembers(
				all.map(() => pool.get()),
				all,
			);
		},
	},
	{
		name: `what dispose puts back during ${name} ages like everything else`,
		run() {
			let calls = 0;
			const pool = new Pool<Item>({
				dispose(item) {
					if (++calls === 1) pool.put(item);
				},
			});
			pool.put({ id: 1 });
			act(pool);
			assert.deepInclude(pool.stats(), { local: 1, disposed: 1 });
			poolCleanup();
			assert.deepInclude(pool.stats(), { local: 0, victim: 1 });
			poolCleanup();
			assert.deepInclude(pool.stats(), { victim: 0, disposed: 2 });
			assert.strictEqual(calls, 2);
		},
	},
	{
		name: `dispose that puts another item ends, during ${name}, and that item is pooled`,
		run() {
			let calls = 0;
			const pool = new Pool<Item>({
				stats: true,
				dispose(item) {
					if (++calls < ENDLESS) pool.put({ id: item.id + 100 });
				},
			});
			for (const item of items(10)) pool.put(item);
			act(pool);
			assert.strictEqual(calls, 10);
			assert.strictEqual(pool.stats().local, 10);
			expectEquations(pool.stats(), true);
		},
	},
	{
		name: `dispose that gets never gets an item that is let go of, during ${name}`,
		run() {
			const disposed: Item[] = [];
			const got: Item[] = [];
			let made = 1000;
			const pool: Pool<Item, undefined> = new Pool<Item>({
				stats: true,
				dispose(item) {
					disposed.push(item);
					got.push(pool.get() as Item);
				},
			});
			pool.new = () => ({ id: made++ });
			for (const item of items(10)) pool.put(item);
			act(pool);
			assert.lengthOf(disposed, 10);
			assert.strictEqual(new Set([...disposed, ...got]).size, 20);
			expectEquations(pool.stats(), true);
		},
	},
	{
		name: `dispose that lets go of everything once more disposes of each item once, during ${name}`,
		run() {
			const disposed: Item[] = [];
			const pool = new Pool<Item>({
				stats: true,
				dispose(item) {
					disposed.push(item);
					pool.clear();
					poolCleanup();
				},
			});
			for (const item of items(10)) pool.put(item);
			act(pool);
			assert.sameDeepMembers(disposed, items(10));
			assert.deepInclude(pool.stats(), { local: 0, victim: 0, disposed: 10 });
			expectEquations(pool.stats(), true);
		},
	},
	{
		name: `dispose that disposes of the pool ends, during ${name}, with each item disposed of once`,
		run() {
			const disposed: Item[] = [];
			const pool = new Pool<Item>({
				stats: true,
				dispose(item) {
					disposed.push(item);
					pool[Symbol.dispose]();
				},
			});
			for (const item of items(10)) pool.put(item);
			act(pool);
			assert.sameDeepMembers(disposed, items(10));
			expectEquations(pool.stats(), true);
			expectCode("ERR_POOL_DISPOSED", () => pool.get());
		},
	},
]);

/** Hooks that call the pool while it lets go of items. */
export const reentrantDispose: Suite = {
	name: "re-entrant dispose",
	cases: [
		...whileLettingGo,
		{
			name: "what dispose puts and clears again while the pool ages leaves no trace: what is put afterwards ages",
			run() {
				const acts = [() => pool.put({ id: 3 }), () => pool.clear()];
				const pool = new Pool<Item>({ dispose: () => acts.shift()?.() });
				for (const item of items(2)) pool.put(item);
				poolCleanup();
				poolCleanup();
				assert.deepInclude(pool.stats(), { local: 0, victim: 0 });
				pool.put({ id: 4 });
				poolCleanup();
				assert.deepInclude(pool.stats(), { local: 0, victim: 1 });
			},
		},
		...[{ stats: true }, { reset() {} }, { stats: true, keep: () => true }].map(
			(options): Case => ({
				name: `what dispose puts while the pool ages is pooled, where puts have ${Object.keys(options).join(" and ")}`,
				run() {
					const [first, second, third, ...others] = items(5) as [Item, Item, Item, ...Item[]];
					const pool = new Pool<Item>({ ...options, dispose: () => pool.put(others.pop()) });
					pool.put(first);
					pool.put(second);
					poolCleanup();
					// So that it takes puts quickly when it comes to age.
					pool.put(third);
					poolCleanup();
					assert.deepInclude(pool.stats(), { local: 2, victim: 1 });
					assert.sameDeepMembers([pool.get(), pool.get()], [{ id: 3 }, { id: 4 }]);
					assert.strictEqual(new Pool<Item>().get(), undefined);
				},
			}),
		),
		{
			name: "dispose that puts a rejected item back ends",
			run() {
				let calls = 0;
				const pool = new Pool<Item>({
					keep: () => false,
					stats: true,
					dispose(item) {
						if (++calls < ENDLESS) pool.put(item);
					},
				});
				pool.put({ id: 1 });
				assert.isBelow(calls, ENDLESS);
				assert.strictEqual(pool.stats().local, 0);
			},
		},
		{
			name: "dispose that discards its item ends",
			run() {
				let calls = 0;
				const pool = new Pool<Item>({
					stats: true,
					dispose(item) {
						if (++calls < ENDLESS) pool.discard(item);
					},
				});
				pool.discard({ id: 1 });
				assert.isBelow(calls, ENDLESS);
			},
		},
		{
			name: "dispose that puts a discarded item pools it",
			run() {
				let calls = 0;
				const pool = new Pool<Item>({
					dispose(item) {
						if (++calls < ENDLESS) pool.put(item);
					},
				});
				const item = { id: 1 };
				pool.discard(item);
				assert.strictEqual(calls, 1);
				assert.strictEqual(pool.get(), item);
			},
		},
		{
			name: "dispose that puts into its disposed pool ends",
			run() {
				let calls = 0;
				const pool = new Pool<Item>({
					stats: true,
					dispose(item) {
						if (++calls < ENDLESS) pool.put(item);
					},
				});
				for (const item of items(3)) pool.put(item);
				pool[Symbol.dispose]();
				assert.isAtLeast(calls, 3);
				assert.isBelow(calls, ENDLESS);
				assert.deepInclude(pool.stats(), { local: 0, victim: 0 });
			},
		},
		{
			name: "dispose that makes new pools during poolCleanup ends, and they keep what they were given",
			run() {
				const made: Pool<Item, undefined>[] = [];
				const make = (item: Item) => {
					const pool = new Pool<Item>({ dispose: (old) => void (made.length < ENDLESS && make(old)) });
					pool.put(item);
					made.push(pool);
				};
				for (const item of items(5)) make(item);
				poolCleanup();
				assert.lengthOf(made, 5);
				poolCleanup();
				assert.lengthOf(made, 10);
				assert.sameDeepMembers(
					made.slice(5).map((pool) => pool.get()),
					items(5),
				);
			},
		},
		{
			name: "dispose that puts into another pool during poolCleanup: the other pool keeps it for a collection",
			run() {
				const first: Pool<Item, undefined> = new Pool<Item>({ dispose: (item) => second.put(item) });
				const second: Pool<Item, undefined> = new Pool<Item>({ dispose: (item) => first.put(item) });
				const item = { id: 1 };
				first.put(item);
				for (let i = 0; i < 10; i++) {
					poolCleanup();
					const [a, b] = [first.stats(), second.stats()];
					assert.strictEqual(a.local + a.victim + b.local + b.victim, 1, "the item is in one of the two");
				}
			},
		},
		{
			name: "dispose that puts into a pool which was emptied in the same poolCleanup: what it put ages there",
			run() {
				const emptied = new Pool<Item>();
				emptied.put({ id: 1 });
				const other = new Pool<Item>({ dispose: (item) => emptied.put(item) });
				other.put({ id: 2 });
				poolCleanup();
				poolCleanup();
				assert.deepInclude(emptied.stats(), { local: 1, victim: 0, evicted: 1 });
				poolCleanup();
				assert.deepInclude(emptied.stats(), { local: 0, victim: 1 });
				poolCleanup();
				assert.deepInclude(emptied.stats(), { local: 0, victim: 0, evicted: 2 });
			},
		},
		{
			name: "dispose that ages every pool while they age: those whose turn is still to come age once",
			run() {
				const hooked = new Pool<Item>({ dispose: () => poolCleanup() });
				hooked.put({ id: 1 });
				poolCleanup();
				const other = new Pool<Item>();
				other.put({ id: 2 });
				poolCleanup();
				assert.deepInclude(hooked.stats(), { local: 0, victim: 0, evicted: 1 });
				assert.deepInclude(other.stats(), { local: 0, victim: 1, evicted: 0 });
			},
		},
		{
			name: "poolCleanup from many pools' dispose hooks ages nothing twice at a time and ends",
			run() {
				const disposed: Item[] = [];
				const pools = items(5).map(
					() =>
						new Pool<Item>({
							stats: true,
							dispose(item) {
								disposed.push(item);
								poolCleanup();
							},
						}),
				);
				for (const [i, pool] of pools.entries()) for (let j = 0; j < 5; j++) pool.put({ id: 5 * i + j });
				poolCleanup();
				assert.lengthOf(disposed, 0);
				poolCleanup();
				poolCleanup();
				assert.sameDeepMembers(disposed, items(25));
				for (const pool of pools) expectEquations(pool.stats(), true);
			},
		},
	],
};
