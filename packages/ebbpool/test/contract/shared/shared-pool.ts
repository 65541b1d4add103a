import { assert } from "chai";
import { type SharedBlock, SharedPool, struct } from "ebbpool/shared";
import { expectCode } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";
import { create, expectStats, takeAll } from "./pools.ts";

export const sharedPool: Suite = {
	name: "SharedPool",
	cases: [
		{
			name: "a block has slotSize bytes of shared memory, zero, that no other block has",
			async run() {
				const pool = await create();
				const blocks = takeAll(pool);
				assert.lengthOf(blocks, 4);
				for (const [i, { bytes }] of blocks.entries()) {
					assert.instanceOf(bytes, Uint8Array);
					assert.instanceOf(bytes.buffer, SharedArrayBuffer);
					assert.lengthOf(bytes, 100);
					assert.isTrue(bytes.every((byte) => byte === 0));
					bytes.fill(i + 1);
				}
				for (const [i, { bytes }] of blocks.entries()) assert.isTrue(bytes.every((byte) => byte === i + 1));
				expectStats(pool);
			},
		},
		{
			name: "an empty pool throws from get and gives undefined from tryGet, until something is put",
			async run() {
				for (const magazine of [0, 4]) {
					const pool = await create({ magazine });
					const [block] = takeAll(pool);
					expectCode("ERR_POOL_EXHAUSTED", () => pool.get());
					assert.isUndefined(pool.tryGet());
					pool.put(block as SharedBlock);
					assert.isDefined(pool.tryGet());
					assert.isUndefined(pool.tryGet());
					expectStats(pool);
				}
			},
		},
		{
			name: "stats().out counts the blocks that this thread got or adopted, and has neither put nor given away",
			async run() {
				for (const magazine of [0, 2]) {
					const pool = await create({ magazine });
					const blocks = takeAll(pool);
					assert.strictEqual(pool.stats().out, 4);
					for (const [i, block] of blocks.slice(1).entries()) {
						pool.put(block);
						assert.deepInclude(pool.stats(), { out: 3 - i, kept: Math.min(i + 1, magazine) });
					}
					const message = pool.give(blocks[0] as SharedBlock);
					assert.deepInclude(pool.stats(), { out: 0 }, "given away");
					const adopted = pool.adopt(message);
					assert.deepInclude(pool.stats(), { out: 1 });
					expectStats(pool);
					pool[Symbol.dispose]();
					assert.deepInclude(pool.stats(), { out: 1, held: 1, kept: 0 }, "a late put is still owed");
					pool.put(adopted);
					assert.deepInclude(pool.stats(), { out: 0, held: 0 });
				}
			},
		},
		{
			name: "what is put is zeroed, in the magazine too, and kept with zero: false",
			async run() {
				for (const magazine of [0, 4]) {
					for (const slotSize of [1, 100, 5000]) {
						const pool = await create({ slotSize, magazine });
						for (const block of takeAll(pool)) {
							block.bytes.fill(9);
							pool.put(block);
						}
						for (const { bytes } of takeAll(pool)) assert.isTrue(bytes.every((byte) => byte === 0));
					}
					const dirty = await create({ zero: false, slots: 1, magazine });
					const block = dirty.get();
					block.bytes.fill(9);
					dirty.put(block);
					assert.isTrue(dirty.get().bytes.every((byte) => byte === 9));
				}
			},
		},
		{
			name: "grows up to maxSlots, also with odd numbers, and then is exhausted",
			async run() {
				for (const [slots, maxSlots] of [
					[1, 2],
					[3, 37],
					[33, 64],
					[1, 1000],
				] as const) {
					const pool = await create({ slots, maxSlots, magazine: 2 });
					assert.deepInclude(pool.stats(), { slots, maxSlots });
					const blocks = takeAll(pool);
					const places = new Set(blocks.map(({ bytes }) => bytes.byteOffset));
					assert.strictEqual(places.size, maxSlots);
					assert.deepInclude(pool.stats(), { slots: maxSlots, free: 0, held: maxSlots });
					for (const block of blocks) pool.put(block);
					assert.lengthOf(takeAll(pool), maxSlots);
					expectStats(pool);
				}
			},
		},
		{
			name: "a pool that is exhausted says how many slots each thread holds, and what waits",
			async run() {
				const pool = await create({ magazine: 0 });
				takeAll(pool);
				const { message } = expectCode("ERR_POOL_EXHAUSTED", () => pool.get());
				assert.match(message, /all 4 are taken \(thread \d+ holds 4\); getAsync waits/);
			},
		},
		{
			name: "`new SharedPool` says what to write instead",
			run() {
				const Constructor = SharedPool as unknown as new (options?: object) => SharedPool;
				for (const options of [undefined, { slotSize: 4, slots: 2 }]) {
					const { message } = expectCode("ERR_POOL_ARGUMENT", () => new Constructor(options));
					assert.include(message, "SharedPool.create({ slotSize, slots })");
				}
			},
		},
		{
			name: "what JSON.stringify and a console make of a pool and a block is short, and shows no internals",
			async run() {
				const pool = await create({ name: "frames" });
				const block = pool.get();
				assert.deepEqual(JSON.parse(JSON.stringify({ pool, block })), {
					pool: { name: "frames", ready: {} },
					block: {},
				});
				const inspect = (value: object) =>
					(value as Record<symbol, () => string>)[Symbol.for("nodejs.util.inspect.custom")]?.();
				assert.strictEqual(inspect(block), "SharedBlock { slot 0, 100 bytes }");
				assert.match(
					inspect(pool) ?? "",
					/^SharedPool frames \{ \d of 4 slots free, at most 4, 100 bytes each \}$/,
				);
				pool.put(block);
				assert.strictEqual(inspect(block), "SharedBlock { spent }");
				const lease = pool.lease();
				assert.strictEqual(inspect(lease), "Lease { held }");
				lease.release();
				assert.strictEqual(inspect(lease), "Lease { ended }");
				const layout = struct({ id: "u32", name: struct.utf8(8) });
				assert.strictEqual(inspect(layout), "struct{id:u32,name:utf8(8)} of 16 bytes");
			},
		},
	],
};
