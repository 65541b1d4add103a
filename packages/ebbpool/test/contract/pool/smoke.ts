import { assert } from "chai";
import { Pool, type PoolOptions } from "ebbpool";
import type { Suite } from "../support/kit.ts";

/** In Go's pool_test.go these are TestPool (up to its first collection) and TestPoolNew. */
export const smoke: Suite = {
	name: "smoke",
	cases: [
		{
			name: "two items that were put both come back before nothing does (TestPool)",
			run() {
				const pool = new Pool<string>();
				assert.strictEqual(pool.get(), undefined);
				pool.put("a");
				pool.put("b");
				assert.sameMembers([pool.get(), pool.get()], ["a", "b"]);
				assert.strictEqual(pool.get(), undefined);
			},
		},
		{
			name: "`new` is called exactly when the pool is empty (TestPoolNew)",
			run() {
				let made = 0;
				const pool = new Pool({ new: () => ++made });
				assert.strictEqual(pool.get(), 1);
				assert.strictEqual(pool.get(), 2);
				pool.put(42);
				assert.strictEqual(pool.get(), 42);
				assert.strictEqual(pool.get(), 3);
				assert.strictEqual(made, 3);
			},
		},
		{
			name: "the brief's program prints New, Reusable, New",
			run() {
				const pool = new Pool({ new: () => "New Object" });
				const first = pool.get();
				pool.put("Reusable Object");
				assert.deepEqual([first, pool.get(), pool.get()], ["New Object", "Reusable Object", "New Object"]);
			},
		},
		{
			name: "a function alone is short for `new`",
			run() {
				const make = () => ({ id: 1 });
				const pool = new Pool(make);
				assert.strictEqual(pool.new, make);
				assert.deepEqual(pool.get(), { id: 1 });
			},
		},
		{
			name: "making a pool calls no hook",
			run() {
				const hook = () => assert.fail("called too early");
				new Pool({ new: hook, reset: hook, keep: hook, dispose: hook });
			},
		},
		{
			name: "undefined and null are not pooled",
			run() {
				const hook = () => assert.fail("no hook is asked about nothing");
				const pool = new Pool<object>({ reset: hook, keep: hook, dispose: hook, stats: true });
				pool.put(undefined);
				pool.put(null);
				pool.discard(undefined);
				pool.discard(null);
				const { puts, discarded, local } = pool.stats();
				assert.deepEqual({ puts, discarded, local }, { puts: 0, discarded: 0, local: 0 });
				assert.strictEqual(pool.get(), undefined);
			},
		},
		{
			name: "undefined and null are not pooled by a pool that holds something either",
			run() {
				for (const options of [{}, { stats: true }, { reset: () => {} }]) {
					const pool = new Pool<string>(options);
					pool.put("first");
					pool.put(undefined);
					pool.put(null);
					pool.put("second");
					pool.put(undefined);
					pool.put(null);
					assert.strictEqual(pool.stats().local, 2);
					assert.sameMembers([pool.get(), pool.get(), pool.get()], ["first", "second", undefined]);
				}
			},
		},
		{
			name: "every other value is pooled, falsy ones too",
			run() {
				for (const value of [0, Number.NaN, -0, "", false, 0n, Symbol("s"), () => {}, [], {}]) {
					const pool = new Pool<unknown>();
					pool.put(value);
					assert.isTrue(Object.is(pool.get(), value), `${String(value)} came back`);
					assert.strictEqual(pool.get(), undefined);
				}
			},
		},
		{
			name: "what was put twice comes back twice, since strings are pooled too",
			run() {
				const pool = new Pool<string>();
				pool.put("same");
				pool.put("same");
				assert.deepEqual([pool.get(), pool.get(), pool.get()], ["same", "same", undefined]);
			},
		},
		{
			name: "`new` may be assigned later, replaced and taken away",
			run() {
				const pool = new Pool<string>();
				pool.new = () => "first";
				assert.strictEqual(pool.get(), "first");
				pool.new = () => "second";
				assert.strictEqual(pool.get(), "second");
				pool.new = undefined;
				assert.strictEqual(pool.get(), undefined);
			},
		},
		{
			name: "`null` and `undefined` put into a pool in use leave nothing, whether it holds anything or not",
			run() {
				for (const nothing of [null, undefined]) {
					const pool = new Pool<string>();
					pool.put("one");
					pool.put(nothing);
					assert.strictEqual(pool.get(), "one");
					pool.put(nothing);
					assert.strictEqual(pool.stats().local, 0);
					assert.strictEqual(pool.get(), undefined);
				}
			},
		},
		{
			name: "what `new` says instead of an item, `null` or `undefined`, is what `get` returns",
			run() {
				for (const nothing of [null, undefined]) {
					const pool = new Pool<object | null | undefined>({ new: () => nothing, stats: true });
					assert.strictEqual(pool.get(), nothing);
					assert.deepInclude(pool.stats(), { gets: 1, misses: 1, out: 0 });
				}
			},
		},
		{
			name: "a thousand items out at once are a thousand different items, and all come back",
			run() {
				let made = 0;
				const pool = new Pool(() => ({ id: made++ }));
				const first = Array.from({ length: 1000 }, () => pool.get());
				assert.strictEqual(new Set(first).size, 1000);
				for (const item of first) pool.put(item);
				const again = Array.from({ length: 1000 }, () => pool.get());
				assert.sameMembers(again, first);
				assert.strictEqual(made, 1000);
			},
		},
		{
			name: "an item goes in through `reset`, then `keep`, once each, and comes out through neither",
			run() {
				const calls: unknown[] = [];
				const pool = new Pool<{ id: number }>({
					reset: (...items) => void calls.push("reset", items.length, items[0].id),
					keep: (...items) => calls.push("keep", items.length, items[0].id) > 0,
				});
				pool.put({ id: 7 });
				assert.deepEqual(calls, ["reset", 1, 7, "keep", 1, 7]);
				assert.strictEqual(pool.get()?.id, 7);
				assert.lengthOf(calls, 6);
			},
		},
		{
			name: "only `true` from `keep` keeps an item",
			run() {
				for (const answer of [false, undefined, null, 0, 1, "true", {}]) {
					const disposed: object[] = [];
					const keep = (() => answer) as unknown as PoolOptions<object>["keep"];
					const pool = new Pool<object>({ keep, dispose: (item) => void disposed.push(item) });
					const item = {};
					pool.put(item);
					assert.strictEqual(pool.get(), undefined, `after keep returned ${String(answer)}`);
					assert.deepEqual(disposed, [item]);
					assert.strictEqual(pool.stats().rejected, 1);
				}
			},
		},
		{
			name: "the pool writes nothing into items: frozen ones are pooled as they are",
			run() {
				const pool = new Pool<object>();
				const items = Array.from({ length: 100 }, () => Object.freeze(Object.create(null) as object));
				for (const item of items) pool.put(item);
				assert.sameMembers(
					items.map(() => pool.get()),
					items,
				);
				for (const item of items) assert.lengthOf(Reflect.ownKeys(item), 0);
			},
		},
		{
			name: "pools do not share items",
			run() {
				const one = new Pool<string>();
				const other = new Pool<string>();
				one.put("item");
				assert.strictEqual(other.get(), undefined);
				assert.strictEqual(one.get(), "item");
			},
		},
		{
			name: "a pool is an instance of Pool and knows its name",
			run() {
				const pool = new Pool({ name: "responses" });
				assert.instanceOf(pool, Pool);
				assert.strictEqual(pool.name, "responses");
				assert.strictEqual(new Pool().name, undefined);
			},
		},
	],
};
