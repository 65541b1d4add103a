import { assert } from "chai";
import { type BytesPoolOptions, type SharedBlock, SharedPool, struct } from "ebbpool/shared";
import { expectCode, expectPoolError, rejectionOf } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";

/** A pool without magazine, ready. */
async function create(options: Partial<BytesPoolOptions> = {}): Promise<SharedPool> {
	const pool = SharedPool.create({ slotSize: 100, slots: 4, ...options });
	await pool.ready;
	return pool;
}

function takeAll(pool: SharedPool): SharedBlock[] {
	const blocks: SharedBlock[] = [];
	for (let block = pool.tryGet(); block !== undefined; block = pool.tryGet()) blocks.push(block);
	return blocks;
}

function expectStats(pool: SharedPool): void {
	const { slots, free, held, byThread, kept, maxSlots } = pool.stats();
	assert.strictEqual(slots, free + held);
	assert.strictEqual(
		held,
		Object.values(byThread).reduce((sum, count) => sum + count, 0),
	);
	assert.isAtMost(kept, held);
	assert.isAtMost(slots, maxSlots);
}

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

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
			name: "a second put, and any use of a block that was put, is ERR_POOL_NOT_HELD",
			async run() {
				for (const magazine of [0, 4]) {
					const pool = await create({ magazine });
					const block = pool.get();
					pool.put(block);
					expectCode("ERR_POOL_NOT_HELD", () => pool.put(block));
					expectCode("ERR_POOL_NOT_HELD", () => pool.give(block));
					expectCode("ERR_POOL_NOT_HELD", () => block.bytes);
					expectCode("ERR_POOL_NOT_HELD", () => block.fields);
					block[Symbol.dispose]();
					assert.lengthOf(takeAll(pool), 4);
				}
			},
		},
		{
			name: "another pool's block is ERR_POOL_NOT_HELD, and what is no block ERR_POOL_ARGUMENT",
			async run() {
				const [pool, other] = [await create(), await create()];
				const block = other.get();
				expectCode("ERR_POOL_NOT_HELD", () => pool.put(block));
				expectCode("ERR_POOL_NOT_HELD", () => pool.give(block));
				for (const value of [undefined, null, 3, {}, new Uint8Array(3)]) {
					expectCode("ERR_POOL_ARGUMENT", () => pool.put(value as unknown as SharedBlock));
					expectCode("ERR_POOL_ARGUMENT", () => pool.give(value as unknown as SharedBlock));
				}
				other.put(block);
			},
		},
		{
			name: "`using` puts the block back, unless it was put or given away before",
			async run() {
				const pool = await create({ slots: 1 });
				{
					using block = pool.get();
					block.bytes[0] = 1;
				}
				{
					using block = pool.get();
					pool.put(block);
				}
				let message: number;
				{
					using block = pool.get();
					message = pool.give(block);
				}
				assert.isUndefined(pool.tryGet());
				pool.put(pool.adopt(message));
				assert.isDefined(pool.tryGet());
			},
		},
		{
			name: "a message is one number, and is adopted once, with the bytes that were given",
			async run() {
				const pool = await create();
				const block = pool.get();
				block.bytes.fill(7);
				const message = pool.give(block);
				assert.isTrue(Number.isSafeInteger(message));
				expectCode("ERR_POOL_NOT_HELD", () => pool.put(block));
				const adopted = pool.adopt(message);
				assert.isTrue(adopted.bytes.every((byte) => byte === 7));
				expectCode("ERR_POOL_NOT_HELD", () => pool.adopt(message));
				assert.isUndefined(pool.revoke(message));
				pool.put(adopted);
				expectCode("ERR_POOL_NOT_HELD", () => pool.adopt(message));
				assert.lengthOf(takeAll(pool), 4);
			},
		},
		{
			name: "revoke takes back what nobody adopted; the message is spent then",
			async run() {
				const pool = await create();
				const message = pool.give(pool.get());
				const block = pool.revoke(message);
				assert.isDefined(block);
				assert.isUndefined(pool.revoke(message));
				expectCode("ERR_POOL_NOT_HELD", () => pool.adopt(message));
				pool.put(block as SharedBlock);
				assert.lengthOf(takeAll(pool), 4);
			},
		},
		{
			name: "what is no message is ERR_POOL_ARGUMENT",
			async run() {
				const pool = await create();
				for (const message of [-1, 1.5, Number.NaN, 2 ** 52, 2 ** 32 * 4 + 1, "3", undefined]) {
					expectCode("ERR_POOL_ARGUMENT", () => pool.adopt(message as number));
					expectCode("ERR_POOL_ARGUMENT", () => pool.revoke(message as number));
				}
				expectCode("ERR_POOL_ARGUMENT", () => pool.give(pool.get(), {}));
				assert.strictEqual(
					pool.stats().held - pool.stats().kept,
					1,
					"the block that was not given stays held",
				);
			},
		},
		{
			name: "a message of another pool, and any other number, is ERR_POOL_NOT_HELD: no slot changes hands",
			async run() {
				const [pool, other] = [await create({ slots: 1 }), await create({ slots: 1 })];
				const block = pool.get();
				const message = other.give(other.get());
				for (const strange of [message, message ^ 1, 0, 1, 2, 1024, 2 ** 32 - 1]) {
					expectCode("ERR_POOL_NOT_HELD", () => pool.adopt(strange >>> 0));
					assert.isUndefined(pool.revoke(strange >>> 0));
				}
				pool.put(block);
				assert.isDefined(other.revoke(message));
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
			name: "getAsync serves whoever waits in order, as slots are put",
			async run() {
				for (const magazine of [0, 2]) {
					const pool = await create({ slots: 2, magazine });
					const [one, other] = takeAll(pool) as [SharedBlock, SharedBlock];
					const served: string[] = [];
					const waits = ["first", "second", "third"].map(async (name) => {
						const block = await pool.getAsync({ timeout: 10_000 });
						served.push(name);
						return block;
					});
					await later(5);
					assert.lengthOf(served, 0);
					pool.put(one);
					const first = await (waits[0] as Promise<SharedBlock>);
					assert.deepEqual(served, ["first"]);
					pool.put(first);
					pool.put(other);
					await Promise.all(waits);
					assert.deepEqual(served, ["first", "second", "third"]);
					expectStats(pool);
				}
			},
		},
		{
			name: "getAsync of a free slot needs nobody to put one",
			async run() {
				const pool = await create({ magazine: 1 });
				pool.put(await pool.getAsync());
				assert.lengthOf(takeAll(pool), 4);
			},
		},
		{
			name: "getAsync ends at its timeout, or with the signal's reason, and takes no slot",
			async run() {
				const pool = await create({ slots: 1 });
				const block = pool.get();
				expectPoolError(await rejectionOf(pool.getAsync({ timeout: 5 })), "ERR_POOL_TIMEOUT");
				const reason = new Error("no more");
				const controller = new AbortController();
				const waiting = pool.getAsync({ signal: controller.signal, timeout: 10_000 });
				await later(5);
				controller.abort(reason);
				assert.strictEqual(await rejectionOf(waiting), reason);
				assert.strictEqual(await rejectionOf(pool.getAsync({ signal: AbortSignal.abort(reason) })), reason);
				pool.put(block);
				assert.isDefined(pool.tryGet());
			},
		},
		{
			name: "getAsync goes on with those who wait after one has been aborted by a listener that uses the pool",
			async run() {
				const pool = await create({ slots: 1 });
				const block = pool.get();
				const controller = new AbortController();
				controller.signal.addEventListener("abort", () => pool.put(block));
				const aborted = pool.getAsync({ signal: controller.signal, timeout: 10_000 });
				const served = pool.getAsync({ timeout: 10_000 });
				await later(5);
				controller.abort();
				await rejectionOf(aborted);
				pool.put(await served);
			},
		},
		{
			name: "wrong options of getAsync are ERR_POOL_OPTION",
			async run() {
				const pool = await create();
				for (const options of [
					{ timeout: -1 },
					{ timeout: "1" },
					{ timeout: 2 ** 31 },
					{ signal: {} },
					{ signal: { throwIfAborted() {} } },
					{ signal: { aborted: false }, timeout: 1 },
					{ signal: { aborted: false, addEventListener() {} } },
					{ wait: 1 },
				]) {
					expectPoolError(await rejectionOf(pool.getAsync(options as object)), "ERR_POOL_OPTION");
				}
			},
		},
		{
			name: "after dispose get throws, waits end, a late put frees its slot, and the thread may attach again",
			async run() {
				const pool = await create({ slots: 2, magazine: 1 });
				const { handle } = pool;
				pool.put(pool.get());
				const [late] = takeAll(pool) as [SharedBlock];
				const waiting = pool.getAsync();
				pool[Symbol.dispose]();
				pool[Symbol.dispose]();
				expectPoolError(await rejectionOf(waiting), "ERR_POOL_DISPOSED");
				expectCode("ERR_POOL_DISPOSED", () => pool.get());
				expectCode("ERR_POOL_DISPOSED", () => pool.tryGet());
				expectCode("ERR_POOL_DISPOSED", () => pool.adopt(1));
				late.bytes.fill(3);
				pool.put(late);
				expectCode("ERR_POOL_NOT_HELD", () => pool.put(late));
				assert.strictEqual(pool.stats().free, 1);
				const again = SharedPool.attach(handle);
				await again.ready;
				assert.notStrictEqual(again, pool);
				const [block] = takeAll(again);
				assert.isTrue(block?.bytes.every((byte) => byte === 0));
			},
		},
		{
			name: "a put after dispose frees its slot even if somebody waited for one before",
			async run() {
				const pool = await create({ slots: 8, magazine: 4 });
				const [late] = takeAll(pool) as [SharedBlock];
				const waiting = pool.getAsync();
				pool[Symbol.dispose]();
				expectPoolError(await rejectionOf(waiting), "ERR_POOL_DISPOSED");
				await later(200);
				pool.put(late);
				assert.strictEqual(pool.stats().free, 1);
			},
		},
		{
			name: "dispose before ready is a dispose",
			async run() {
				const pool = SharedPool.create({ slotSize: 8, slots: 2 });
				pool[Symbol.dispose]();
				expectCode("ERR_POOL_DISPOSED", () => pool.get());
				await pool.ready;
				expectCode("ERR_POOL_DISPOSED", () => pool.get());
				await rejectionOf(pool.getAsync());
			},
		},
		{
			name: "a block is put through the pool that the thread attached to anew",
			async run() {
				const pool = await create({ slots: 1 });
				const { handle } = pool;
				const block = pool.get();
				pool[Symbol.dispose]();
				const again = SharedPool.attach(handle);
				await again.ready;
				again.put(block);
				expectCode("ERR_POOL_NOT_HELD", () => again.put(block));
				expectCode("ERR_POOL_NOT_HELD", () => pool.put(block));
				assert.isDefined(again.tryGet());
			},
		},
		{
			name: "attach in the same thread is the same pool",
			async run() {
				const pool = await create({ name: "frames" });
				assert.strictEqual(SharedPool.attach(pool.handle), pool);
				assert.strictEqual(SharedPool.attach(structuredClone(pool.handle)), pool);
				assert.strictEqual(pool.name, "frames");
				assert.strictEqual(pool.stats().name, "frames");
			},
		},
		{
			name: "a pool of structs has fields, made once, and attaches with an equal layout only",
			async run() {
				const layout = struct({ id: "u32", x: "f64", name: struct.utf8(8) });
				const tasks = SharedPool.create({ layout, slots: 2, magazine: 0 });
				await tasks.ready;
				const task = tasks.get();
				const { fields } = task;
				fields.id = 7;
				fields.name = "seven";
				assert.strictEqual(task.fields, fields);
				assert.lengthOf(task.bytes, layout.byteLength);
				tasks.put(task);
				const again = tasks.get();
				assert.deepEqual([again.fields.id, again.fields.x, again.fields.name], [0, 0, ""]);
				const equal = struct({ id: "u32", x: "f64", name: struct.utf8(8) });
				assert.strictEqual(SharedPool.attach(tasks.handle, { layout: equal }), tasks);
				const other = struct({ id: "u32", x: "f32", name: struct.utf8(8) });
				expectCode("ERR_POOL_HANDLE", () => SharedPool.attach(tasks.handle, { layout: other }));
				expectCode("ERR_POOL_OPTION", () => SharedPool.attach(tasks.handle, { layout: {} as typeof other }));
			},
		},
		{
			name: "a layout of another length is ERR_POOL_HANDLE, also if it has the same hash",
			async run() {
				const small = struct({ a40082: "u8" });
				const large = struct({ b33829: struct.array("u8", 4096) });
				const pool = SharedPool.create({ layout: small, slots: 2 });
				const words = new Int32Array(pool.handle.memory);
				assert.strictEqual(
					words[6],
					new Int32Array(SharedPool.create({ layout: large, slots: 2 }).handle.memory)[6],
				);
				expectCode("ERR_POOL_HANDLE", () => SharedPool.attach(pool.handle, { layout: large }));
			},
		},
		{
			name: "a handle of something else, or of changed memory, is ERR_POOL_HANDLE, never an access out of bounds",
			async run() {
				const pool = await create({ slots: 2, maxSlots: 4 });
				const { memory, ...rest } = pool.handle;
				const attach = (handle: unknown) => SharedPool.attach(handle as typeof pool.handle);
				const pretender = Object.create(SharedArrayBuffer.prototype) as SharedArrayBuffer;
				for (const handle of [
					undefined,
					null,
					3,
					{},
					{ memory: new ArrayBuffer(99) },
					{ memory: pretender },
				]) {
					expectCode("ERR_POOL_HANDLE", () => attach(handle));
				}
				for (const length of [0, 4, 100, 2 ** 17]) {
					expectCode("ERR_POOL_HANDLE", () => attach({ ...rest, memory: new SharedArrayBuffer(length) }));
				}
				expectCode("ERR_POOL_HANDLE", () => attach({ ...rest, memory, reservedId: "1" }));
				expectCode("ERR_POOL_HANDLE", () => attach({ ...rest, memory, name: 3 }));
				// Word by word: magic, version, slot size, slots, most slots, flags, magazine; and the count of slots.
				const original = new Int32Array(memory);
				for (const [word, values] of [
					[0, [0, 1]],
					[1, [0, 2, -1]],
					[2, [0, -1, 2 ** 31 - 1, 200]],
					[3, [0, -1, 5, 2 ** 30]],
					[4, [0, -1, 1, 2 ** 31 - 1, 2 ** 20]],
					[5, [2, -1]],
					[7, [-1, 2 ** 20]],
					[32, [0, 1, -1, 4, 5, 2 ** 30]],
				] as const) {
					for (const value of values) {
						const copy = new SharedArrayBuffer(memory.byteLength);
						const words = new Int32Array(copy);
						words.set(original.subarray(0, words.length));
						words[word] = value;
						words[8] = 0; // another pool's id
						expectCode("ERR_POOL_HANDLE", () => attach({ ...rest, memory: copy }));
					}
				}
			},
		},
		{
			name: "owner and hint words that lie make no get return what is not there",
			async run() {
				const pool = await create({ slots: 2, maxSlots: 4, magazine: 0 });
				const words = new Int32Array(pool.handle.memory);
				for (let at = 160 + 1024 * 16; at < words.length - 16; at += 32) words[at] = -1;
				const blocks = takeAll(pool);
				for (const { bytes } of blocks) assert.lengthOf(bytes, 100);
			},
		},
		{
			name: "wrong options are ERR_POOL_OPTION",
			run() {
				const layout = struct({ id: "u32" });
				for (const options of [
					undefined,
					{},
					{ slots: 4 },
					{ slotSize: 4 },
					{ slotSize: 0, slots: 4 },
					{ slotSize: 1.5, slots: 4 },
					{ slotSize: 4, slots: 0 },
					{ slotSize: 4, slots: 2 ** 20 + 1 },
					{ slotSize: 4, slots: 4, maxSlots: 3 },
					{ slotSize: 4, slots: 4, zero: "get" },
					{ slotSize: 4, slots: 4, zero: true },
					{ slotSize: 4, slots: 4, magazine: -1 },
					{ slotSize: 4, slots: 4, name: 3 },
					{ slotSize: 4, slots: 4, layout },
					{ slotSize: 4, slots: 4, order: "lifo" },
					{ layout: {}, slots: 4 },
				]) {
					expectCode("ERR_POOL_OPTION", () => SharedPool.create(options as unknown as BytesPoolOptions));
				}
			},
		},
		{
			name: "an option that is inherited is an option",
			run() {
				const inherit = (options: object): BytesPoolOptions =>
					Object.assign(Object.create(options), { slotSize: 4, slots: 2 });
				for (const options of [{ magazine: -5 }, { name: 3 }, { zero: true }, { layout: {} }]) {
					expectCode("ERR_POOL_OPTION", () => SharedPool.create(inherit(options)));
				}
				assert.strictEqual(SharedPool.create(inherit({ name: "frames" })).name, "frames");
			},
		},
		{
			name: "the thread remembers no memory or layout of a pool after its dispose",
			async run() {
				const attachments = Reflect.get(globalThis, Symbol.for("ebbpool.attachments.2")) as Map<
					string,
					object
				>;
				const before = new Set(attachments.values());
				const pool = SharedPool.create({ layout: struct({ id: "u32" }), slots: 2 });
				await pool.ready;
				const block = pool.get();
				pool[Symbol.dispose]();
				for (const attachment of attachments.values()) {
					if (!before.has(attachment)) assert.sameMembers(Object.keys(attachment), ["id", "runtimeId"]);
				}
				block.fields.id = 1;
				pool.put(block);
				assert.strictEqual(pool.stats().free, 2);
			},
		},
		{
			name: "more memory than there is is ERR_POOL_OPTION",
			needs: "failing allocation",
			run() {
				expectCode("ERR_POOL_OPTION", () => SharedPool.create({ slotSize: 2 ** 31 - 1, slots: 2 ** 20 }));
			},
		},
		{
			name: "a pool that was dropped without dispose is collected",
			needs: "gc",
			async run({ majorGC }) {
				const dropped = await (async () => {
					const pool = await create({ slots: 64 });
					pool.put(pool.get());
					return new WeakRef(pool);
				})();
				for (let i = 0; i < 10 && dropped.deref() !== undefined; i++) await majorGC?.();
				assert.isUndefined(dropped.deref());
			},
		},
		{
			name: "a pool that was dropped without dispose gives back what it kept for itself",
			needs: "gc",
			async run({ majorGC }) {
				const handle = await (async () => {
					const pool = await create({ slots: 64, magazine: 8 });
					for (const block of Array.from({ length: 8 }, () => pool.get())) pool.put(block);
					assert.deepInclude(pool.stats(), { free: 56, kept: 8 });
					return pool.handle;
				})();
				let free = 0;
				for (let i = 0; i < 10 && free < 64; i++) {
					await majorGC?.();
					// In a function of its own, so that nothing here refers to the pool while there is a collection.
					free = (() => SharedPool.attach(handle).stats().free)();
				}
				assert.strictEqual(free, 64);
			},
		},
	],
};
