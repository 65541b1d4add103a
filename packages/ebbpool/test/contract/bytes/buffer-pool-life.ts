import { assert } from "chai";
import { BufferPool, type BufferPoolOptions } from "ebbpool/bytes";
import { expectCode, expectEquations } from "../support/expect.ts";
import type { Case, Suite } from "../support/kit.ts";
import { mark, markOf } from "../support/marks.ts";

/** JavaScript callers can write what the types forbid. */
const make = (options: unknown) => new BufferPool(options as BufferPoolOptions);
const putAny = (pool: BufferPool, value: unknown) => pool.put(value as Uint8Array);

const KEYS = ["name", "bytes", "oversized", "rejected", "discarded", "out", "classes"];

const wrongOptions: Record<string, readonly unknown[]> = {
	name: [null, 3, true, {}, Symbol("name")],
	maxLength: [null, 0, -1, 1.5, Number.NaN, Infinity, 2 ** 30 + 1, "1024", 1024n, true, []],
	zero: [null, true, "get", "PUT", 0, {}],
	order: [null, "fifo", 0, {}],
	stats: [null, 1, "true"],
};

export const bytesPoolLife: Suite = {
	name: "BufferPool's statistics, options and end",
	cases: [
		{
			name: "stats are frozen, with a pool's counters for each class in use, the smallest first",
			run() {
				const pool = new BufferPool({ name: "frames", stats: true });
				assert.deepEqual(pool.stats(), {
					name: "frames",
					bytes: 0,
					oversized: 0,
					rejected: 0,
					discarded: 0,
					out: 0,
					classes: [],
				});
				pool.put(pool.get(1000));
				pool.put(pool.get(1000));
				pool.get(60);
				const stats = pool.stats();
				assert.sameMembers(Object.keys(stats), KEYS);
				assert.strictEqual(stats.bytes, 1024);
				assert.deepEqual(
					stats.classes.map(({ length, name, gets, hits, puts, misses, local }) => ({
						length,
						name,
						gets,
						hits,
						puts,
						misses,
						local,
					})),
					[
						{ length: 64, name: "frames/64", gets: 1, hits: 0, puts: 0, misses: 1, local: 0 },
						{ length: 1024, name: "frames/1024", gets: 2, hits: 1, puts: 2, misses: 1, local: 1 },
					],
				);
				for (const each of [stats, stats.classes, ...stats.classes]) assert.isTrue(Object.isFrozen(each));
				for (const each of stats.classes) expectEquations(each);
			},
		},
		{
			name: "gets, hits and puts are undefined without `stats: true`, the rest is counted; unnamed stays unnamed",
			run() {
				const pool = new BufferPool();
				pool.put(pool.get(64));
				const { name, classes } = pool.stats();
				assert.deepEqual([name, pool.name], [undefined, undefined]);
				assert.deepInclude(classes[0], {
					name: undefined,
					gets: undefined,
					hits: undefined,
					puts: undefined,
					misses: 1,
					local: 1,
				});
			},
		},
		{
			name: "clear lets go of everything in every class, and the pool goes on",
			run() {
				const pool = new BufferPool();
				const arrays = [64, 1000, 100_000].map((n) => pool.get(n));
				const out = pool.get(64);
				for (const array of arrays) {
					mark(array);
					pool.put(array);
				}
				pool.clear();
				assert.deepInclude(pool.stats(), { bytes: 0, rejected: 0 });
				for (const { cleared } of pool.stats().classes) assert.strictEqual(cleared, 1);
				for (const n of [64, 1000, 100_000]) assert.strictEqual(markOf(pool.get(n)), 0);
				const marked = mark(out);
				pool.put(out);
				assert.strictEqual(markOf(pool.get(64)), marked);
			},
		},
		{
			name: "after dispose get throws ERR_POOL_DISPOSED, whatever the size; a late put is dropped",
			run() {
				const pool = new BufferPool({ stats: true });
				const out = pool.get(64);
				pool.put(pool.get(1000));
				pool[Symbol.dispose]();
				pool[Symbol.dispose]();
				for (const n of [0, 64, 1000, 5000, 2 ** 20 + 1]) expectCode("ERR_POOL_DISPOSED", () => pool.get(n));
				pool.put(out);
				assert.deepInclude(pool.stats(), { bytes: 0, rejected: 1 });
				for (const each of pool.stats().classes) expectEquations(each);
				expectCode("ERR_POOL_ARGUMENT", () => putAny(pool, "text"));
			},
		},
		{
			name: "a block's `using` disposes of the pool",
			run() {
				let kept: BufferPool;
				{
					using pool = new BufferPool();
					pool.put(pool.get(64));
					kept = pool;
				}
				expectCode("ERR_POOL_DISPOSED", () => kept.get(64));
			},
		},
		...Object.entries(wrongOptions).map(
			([option, values]): Case => ({
				name: `a wrong ${option} of a BufferPool is ERR_POOL_OPTION and names the option`,
				run() {
					for (const value of values)
						assert.include(expectCode("ERR_POOL_OPTION", () => make({ [option]: value })).message, option);
				},
			}),
		),
		{
			name: "unknown options of a BufferPool are refused, those that are undefined count as not given",
			run() {
				for (const options of [
					{ max: 10 },
					{ Zero: "put" },
					{ maxlength: undefined },
					null,
					[],
					1024,
					"x",
					() => 1,
				])
					expectCode("ERR_POOL_OPTION", () => make(options));
				const absent = {
					name: undefined,
					maxLength: undefined,
					zero: undefined,
					order: undefined,
					stats: undefined,
				};
				assert.strictEqual(make(absent).get(2 ** 20 - 1).length, 2 ** 20);
				for (const options of [undefined, {}, { maxLength: 1 }, { maxLength: 2 ** 30 }]) make(options);
			},
		},
	],
};
