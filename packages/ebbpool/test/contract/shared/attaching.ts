import { assert } from "chai";
import { type BytesPoolOptions, SharedPool, struct } from "ebbpool/shared";
import { expectCode } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";
import { create, takeAll } from "./pools.ts";

export const sharedAttaching: Suite = {
	name: "SharedPool: options, handles, attaching",
	cases: [
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
			name: "more memory than there is is ERR_POOL_OPTION",
			needs: "failing allocation",
			run() {
				expectCode("ERR_POOL_OPTION", () => SharedPool.create({ slotSize: 2 ** 31 - 1, slots: 2 ** 20 }));
			},
		},
		{
			name: "a layout with other members is ERR_POOL_HANDLE, also if it is as long",
			async run() {
				const pool = SharedPool.create({ layout: struct({ id: "u32", x: "f64" }), slots: 2 });
				for (const layout of [
					struct({ id: "i32", x: "f64" }),
					struct({ no: "u32", x: "f64" }),
					struct({ x: "f64", id: "u32" }),
				]) {
					expectCode("ERR_POOL_HANDLE", () => SharedPool.attach(pool.handle, { layout: layout as never }));
				}
			},
		},
		{
			name: "each option is read once, and from getters of a class as from anywhere",
			run() {
				let reads = 0;
				class Options {
					get slotSize() {
						reads++;
						return 4;
					}
					get slots() {
						reads++;
						return 2;
					}
					get name() {
						reads++;
						return "frames";
					}
				}
				const pool = SharedPool.create(new Options());
				assert.deepInclude(pool.stats(), { slotSize: 4, slots: 2, name: "frames" });
				assert.strictEqual(reads, 3);
			},
		},
		{
			name: "reading the handle reserves nothing",
			async run() {
				const pool = await create();
				const words = new Int32Array(pool.handle.memory);
				const before = words.slice();
				for (let i = 0; i < 3; i++) structuredClone(pool.handle);
				assert.deepEqual([...words], [...before]);
			},
		},
	],
};
