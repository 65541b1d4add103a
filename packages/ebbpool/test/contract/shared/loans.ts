import { assert } from "chai";
import type { SharedBlock } from "ebbpool/shared";
import { expectCode, rejectionOf, thrownBy } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";
import { withThen } from "../support/thenables.ts";
import { create, later, takeAll } from "./pools.ts";

export const sharedLoans: Suite = {
	name: "SharedPool: a block is one loan",
	cases: [
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
				pool[Symbol.dispose]();
				for (const value of [undefined, {}])
					expectCode("ERR_POOL_ARGUMENT", () => pool.put(value as unknown as SharedBlock));
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
				const blocks = takeAll(pool);
				assert.lengthOf(blocks, 4);
				// Its slot is among them, in a later generation.
				const messages = blocks.map((each) => pool.give(each));
				assert.notInclude(messages, message);
				expectCode("ERR_POOL_NOT_HELD", () => pool.adopt(message));
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
			name: "a block that was given away is spent for good, also when the thread adopts its slot again",
			async run() {
				for (const magazine of [0, 4]) {
					const pool = await create({ magazine });
					const given = pool.get();
					const adopted = pool.adopt(pool.give(given));
					adopted.bytes[0] = 42;
					given[Symbol.dispose]();
					expectCode("ERR_POOL_NOT_HELD", () => pool.put(given));
					expectCode("ERR_POOL_NOT_HELD", () => pool.give(given));
					expectCode("ERR_POOL_NOT_HELD", () => given.bytes);
					assert.strictEqual(adopted.bytes[0], 42);
					pool.put(adopted);
				}
			},
		},
		{
			name: "a block that was put is spent for good, also when the thread gets its slot again",
			async run() {
				for (const magazine of [0, 4]) {
					const pool = await create({ slots: 1, magazine });
					const before = pool.get();
					pool.put(before);
					const block = pool.get();
					block.bytes[0] = 42;
					before[Symbol.dispose]();
					expectCode("ERR_POOL_NOT_HELD", () => pool.put(before));
					expectCode("ERR_POOL_NOT_HELD", () => pool.give(before));
					expectCode("ERR_POOL_NOT_HELD", () => before.bytes);
					assert.strictEqual(block.bytes[0], 42);
					pool.put(block);
				}
			},
		},
		{
			name: "a block whose slot was reclaimed is spent, also when the thread comes to hold the slot again",
			async run() {
				const pool = await create({ slots: 1, magazine: 0 });
				const lost = pool.get();
				// As if a reaper had taken this thread for dead: the owner word goes on by a generation, and is FREE.
				const words = new Int32Array(pool.handle.memory);
				const at = words.indexOf(1, 160 + 1024 * 16 + 32);
				words[at] = 2 ** 11;
				const block = pool.get();
				expectCode("ERR_POOL_NOT_HELD", () => pool.put(lost));
				block.bytes[0] = 42;
				pool.put(block);
				assert.strictEqual(pool.stats().free, 1);
			},
		},
		{
			name: "posting a block or a pool says what to post instead",
			async run() {
				const pool = await create();
				const block = pool.get();
				for (const posted of [block, { block }]) {
					const error = expectCode("ERR_POOL_ARGUMENT", () => structuredClone(posted));
					assert.include(error.message, "pool.give(block)");
				}
				pool.put(block);
				expectCode("ERR_POOL_ARGUMENT", () => structuredClone(block));
				const { message } = expectCode("ERR_POOL_ARGUMENT", () => structuredClone({ pool }));
				assert.include(message, "pool.handle");
			},
		},
		{
			name: "a lease puts its block back once, at the end of the block or before, unless it was given away",
			async run() {
				const pool = await create({ slots: 1, magazine: 0 });
				{
					using lease = pool.lease();
					lease.item.bytes[0] = 1;
					assert.isUndefined(pool.tryGet());
				}
				const lease = pool.lease();
				lease.release();
				const block = pool.get();
				lease.release();
				lease.discard();
				assert.lengthOf(block.bytes, 100);
				expectCode("ERR_POOL_RELEASED", () => lease.item);
				pool.put(block);
				const given = pool.lease();
				const message = pool.give(given.item);
				given.release();
				assert.isUndefined(pool.tryGet());
				assert.isDefined(pool.revoke(message));
			},
		},
		{
			name: "what a lease discards comes back zeroed, whatever `zero` says",
			async run() {
				const pool = await create({ slots: 1, zero: false });
				const lease = pool.lease();
				lease.item.bytes.fill(9);
				lease.discard();
				assert.isTrue(pool.get().bytes.every((byte) => byte === 0));
			},
		},
		{
			name: "use puts the block back when its work is over: returned, thrown, resolved or rejected",
			async run() {
				const pool = await create({ slots: 1, magazine: 0 });
				const isFree = () => pool.stats().free === 1;
				assert.strictEqual(
					pool.use((block) => block.bytes.length),
					100,
				);
				assert.isTrue(isFree());
				const error = new Error("no");
				assert.strictEqual(
					thrownBy(() =>
						pool.use(() => {
							throw error;
						}),
					),
					error,
				);
				assert.isTrue(isFree());
				const working = pool.use(async (block) => {
					await later(1);
					return block.bytes.length;
				});
				assert.isFalse(isFree());
				assert.strictEqual(await working, 100);
				assert.isTrue(isFree());
				assert.strictEqual(await rejectionOf(pool.use(() => Promise.reject(error))), error);
				assert.isTrue(isFree());
				let message = 0;
				pool.use((block) => {
					message = pool.give(block);
				});
				assert.isFalse(isFree());
				pool.put(pool.adopt(message));
				expectCode("ERR_POOL_ARGUMENT", () => pool.use(3 as unknown as () => void));
			},
		},
		{
			name: "a promise that calls back twice puts the block once",
			async run() {
				const pool = await create({ slots: 1, magazine: 0 });
				let callBack: (() => void) | undefined;
				const twice = {
					// biome-ignore lint/suspicious/noThenProperty: a foreign promise is what is tested.
					then(resolve: () => void) {
						callBack = resolve;
						resolve();
					},
				};
				await pool.use(() => twice as unknown as PromiseLike<void>);
				const block = pool.get();
				callBack?.();
				await later(1);
				assert.lengthOf(block.bytes, 100);
				assert.isUndefined(pool.tryGet());
			},
		},
		{
			name: "a promise whose own methods throw, or never call back, puts the block all the same",
			async run() {
				const pool = await create({ slots: 1, magazine: 0 });
				const failing = (): never => {
					throw new Error("it was to fail");
				};
				await rejectionOf(pool.use(() => withThen(failing, Promise.resolve())));
				pool.put(pool.get());
				await pool.use(() => Object.assign(Promise.resolve(), { finally: failing }));
				pool.put(pool.get());
				const idle = Object.assign(Promise.resolve(), { finally: () => new Promise<void>(() => {}) });
				await pool.use(() => idle);
				pool.put(pool.get());
			},
		},
		{
			name: "a lease whose block was put ends without a word, whichever way, and touches no other holder's",
			async run() {
				for (const end of ["release", "discard"] as const) {
					const pool = await create({ slots: 1, magazine: 0, zero: false });
					const lease = pool.lease();
					pool.put(lease.item);
					const other = pool.get();
					other.bytes[0] = 7;
					lease[end]();
					expectCode("ERR_POOL_RELEASED", () => lease.item);
					assert.strictEqual(other.bytes[0], 7);
					pool.put(other);
				}
			},
		},
	],
};
