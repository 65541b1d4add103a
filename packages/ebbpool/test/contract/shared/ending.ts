import { assert } from "chai";
import { type SharedBlock, SharedPool, struct } from "ebbpool/shared";
import { expectCode, expectPoolError, rejectionOf } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";
import { create, later, takeAll } from "./pools.ts";

export const sharedEnding: Suite = {
	name: "SharedPool: its end",
	cases: [
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
