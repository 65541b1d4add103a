import { assert } from "chai";
import { BufferPool } from "ebbpool/bytes";
import { expectCode } from "../support/expect.ts";
import type { Case, Suite } from "../support/kit.ts";
import { mark, markOf } from "../support/marks.ts";

/** JavaScript callers can write what the types forbid. */
const getAny = (pool: BufferPool, minLength: unknown) => pool.get(minLength as number);
const putAny = (pool: BufferPool, value: unknown) => pool.put(value as Uint8Array);

/** What has lengths in its size classes: the length that `get` gives for each length asked for. */
const lengthsOf = (pool: BufferPool, asked: readonly number[]) => asked.map((n) => pool.get(n).length);

/** The classes up to 1 KiB: four a doubling, from 64 bytes on. */
const SMALL_CLASSES = [64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 640, 768, 896, 1024];

function detached(): Uint8Array {
	const array = new Uint8Array(64);
	structuredClone(array, { transfer: [array.buffer] });
	return array;
}

/** Arrays of the right length that are not the whole of an own, plain buffer; some engines lack some of them. */
function misshapen(): Record<string, Uint8Array> {
	class Frame extends Uint8Array {}
	const Resizable = ArrayBuffer as unknown as new (
		length: number,
		options: { maxByteLength: number },
	) => ArrayBuffer;
	return {
		"the beginning of a larger buffer": new Uint8Array(new ArrayBuffer(128), 0, 64),
		"the end of a larger buffer": new Uint8Array(new ArrayBuffer(128), 64),
		...("structuredClone" in globalThis && { detached: detached() }),
		resizable: new Uint8Array(new Resizable(64, { maxByteLength: 128 }), 0, 64),
		"resizable, its length tracked": new Uint8Array(new Resizable(64, { maxByteLength: 64 })),
		"an instance of a subclass": new Frame(64),
		"too short for its class": new Uint8Array(63),
		"too long for its class": new Uint8Array(65),
		empty: new Uint8Array(0),
		"longer than any class": new Uint8Array(2 ** 20 + 1),
		...(globalThis.SharedArrayBuffer && { shared: new Uint8Array(new SharedArrayBuffer(64)) }),
		...(globalThis.Buffer && { "a Buffer": Buffer.allocUnsafeSlow(64) }),
	};
}

export const bytesPool: Suite = {
	name: "BufferPool",
	cases: [
		{
			name: "get gives at least what was asked for, in four classes a doubling from 64 bytes on",
			run() {
				const seen = new Set<number>();
				const pool = new BufferPool();
				for (let n = 0; n <= 1024; n++) {
					const { length } = pool.get(n);
					seen.add(length);
					assert.strictEqual(
						length,
						SMALL_CLASSES.find((each) => each >= n),
						`asked for ${n}`,
					);
				}
				assert.deepEqual([...seen], SMALL_CLASSES);
			},
		},
		{
			name: "every class up to 1 GiB wastes less than a fifth of its arrays, and its own length is its own",
			run() {
				const pool = new BufferPool({ maxLength: 2 ** 24 });
				for (let n = 65; n <= 2 ** 24; n = Math.ceil(n * 1.09)) {
					for (const asked of [n, n + 1].filter((each) => each <= 2 ** 24)) {
						const array = pool.get(asked);
						assert.isAtLeast(array.length, asked);
						assert.isBelow((array.length - asked) / array.length, 0.2, `asked for ${asked}`);
						const { length } = array;
						const marked = mark(array);
						pool.put(array);
						const again = pool.get(length);
						assert.strictEqual(markOf(again), marked);
						pool.put(again);
					}
				}
				assert.strictEqual(pool.stats().rejected, 0);
			},
		},
		{
			name: "get(0) gives an array of the smallest class",
			run() {
				const pool = new BufferPool();
				assert.deepEqual(lengthsOf(pool, [0, -0, 1, 64]), [64, 64, 64, 64]);
			},
		},
		{
			name: "what was put is got again by whoever asks for as much or less of the same class",
			run() {
				const pool = new BufferPool();
				const array = pool.get(1000);
				const marked = mark(array);
				pool.put(array);
				assert.strictEqual(markOf(pool.get(896)), 0);
				assert.strictEqual(markOf(pool.get(897)), marked);
				assert.strictEqual(markOf(pool.get(1024)), 0, "nobody has what another has");
			},
		},
		{
			name: "arrays own all of their memory, and those out at once share none of it",
			run() {
				const pool = new BufferPool();
				const out = Array.from({ length: 300 }, (_, i) => pool.get(i * 10));
				assert.strictEqual(new Set(out.map(({ buffer }) => buffer)).size, out.length);
				for (const array of out) {
					assert.strictEqual(Object.getPrototypeOf(array), Uint8Array.prototype);
					assert.strictEqual(array.byteOffset, 0);
					assert.strictEqual(array.buffer.byteLength, array.length);
				}
			},
		},
		{
			name: "a minLength that is no whole number from 0 on is ERR_POOL_RANGE",
			run() {
				const pool = new BufferPool();
				for (const warm of [false, true]) {
					if (warm) pool.put(pool.get(0));
					for (const wrong of [-1, 0.5, 63.999, Number.NaN, Infinity, -Infinity, 2 ** 53, -(2 ** 31)])
						expectCode("ERR_POOL_RANGE", () => pool.get(wrong));
				}
			},
		},
		{
			name: "a minLength that is no number is ERR_POOL_ARGUMENT, and never converted",
			run() {
				const pool = new BufferPool();
				pool.put(pool.get(64));
				const convertible = { valueOf: () => assert.fail("converted") };
				for (const wrong of [undefined, null, "64", "", true, 64n, Symbol("64"), [], [64], {}, convertible])
					expectCode("ERR_POOL_ARGUMENT", () => getAny(pool, wrong));
			},
		},
		{
			name: "more than there can be is ERR_POOL_RANGE, with the engine's error as its cause",
			needs: "failing allocation",
			run() {
				const error = expectCode("ERR_POOL_RANGE", () => new BufferPool().get(Number.MAX_SAFE_INTEGER));
				assert.instanceOf(error.cause, RangeError);
			},
		},
		{
			name: "fresh arrays are zero; a reused one holds what its last user left",
			run() {
				const pool = new BufferPool();
				const array = pool.get(100);
				assert.isTrue(array.every((byte) => byte === 0));
				array.fill(7);
				pool.put(array);
				assert.isTrue(pool.get(100).every((byte) => byte === 7));
				assert.isTrue(pool.get(100).every((byte) => byte === 0));
			},
		},
		{
			name: '`zero: "put"` wipes an array when it comes back, before anybody gets it',
			run() {
				for (const order of ["local-first", "victim-first"] as const) {
					const pool = new BufferPool({ zero: "put", order });
					const array = pool.get(1000).fill(7);
					pool.put(array);
					assert.isTrue(array.every((byte) => byte === 0));
					assert.strictEqual(pool.get(1000), array);
				}
				const foreign = new Uint8Array(64).fill(7);
				new BufferPool({ zero: "put" }).put(foreign);
				assert.isTrue(foreign.every((byte) => byte === 0));
			},
		},
		{
			name: "`zero: false` is the default",
			run() {
				const pool = new BufferPool({ zero: false });
				const array = pool.get(64).fill(7);
				pool.put(array);
				assert.isTrue(array.every((byte) => byte === 7));
			},
		},
		{
			name: "above maxLength, 1 MiB unless told, arrays are as long as asked for, and dropped when they come back",
			run() {
				const pool = new BufferPool();
				const largest = pool.get(2 ** 20);
				const oversized = pool.get(2 ** 20 + 1);
				assert.deepEqual([largest.length, oversized.length], [2 ** 20, 2 ** 20 + 1]);
				const marked = mark(largest);
				mark(oversized);
				pool.put(largest);
				pool.put(oversized);
				assert.strictEqual(markOf(pool.get(2 ** 20)), marked);
				assert.strictEqual(markOf(pool.get(2 ** 20 + 1)), 0);
				assert.deepInclude(pool.stats(), { oversized: 2, rejected: 1, bytes: 0 });
			},
		},
		{
			name: "a maxLength between two classes is itself the last class",
			run() {
				for (const maxLength of [1, 63, 64, 65, 100, 1000, 1023, 1025, 5000]) {
					const pool = new BufferPool({ maxLength });
					for (let n = 0; n <= maxLength; n++) {
						const array = pool.get(n);
						assert.isAtMost(array.length, maxLength);
						assert.isAtLeast(array.length, n);
						const marked = mark(array);
						pool.put(array);
						const again = pool.get(n);
						assert.strictEqual(markOf(again), marked);
						pool.put(again);
					}
					assert.strictEqual(pool.get(maxLength).length, maxLength);
					assert.strictEqual(pool.get(maxLength + 1).length, maxLength + 1);
					assert.deepInclude(pool.stats(), { oversized: 1, rejected: 0 });
				}
			},
		},
		{
			name: "putting what is no Uint8Array is ERR_POOL_ARGUMENT, and counts as nothing",
			run() {
				const pool = new BufferPool({ stats: true });
				const wrong: unknown[] = [undefined, null, 64, "text", true, [], {}, () => {}, Symbol("a"), 64n];
				wrong.push(
					new ArrayBuffer(64),
					new Uint8ClampedArray(64),
					new Uint16Array(32),
					new DataView(new ArrayBuffer(64)),
				);
				for (const value of wrong) expectCode("ERR_POOL_ARGUMENT", () => putAny(pool, value));
				assert.deepInclude(pool.stats(), { rejected: 0, bytes: 0 });
				assert.lengthOf(pool.stats().classes, 0);
			},
		},
		...Object.keys(misshapen()).map(
			(shape): Case => ({
				name: `an array that is ${shape} is dropped and counted as rejected, and opens no class`,
				run() {
					for (const used of [false, true]) {
						const pool = new BufferPool({ stats: true });
						if (used) pool.put(pool.get(64));
						const array = misshapen()[shape] as Uint8Array;
						pool.put(array);
						pool.put(array);
						const { rejected, bytes, classes } = pool.stats();
						assert.deepEqual({ rejected, bytes }, { rejected: 2, bytes: used ? 64 : 0 });
						assert.lengthOf(classes, used ? 1 : 0);
						assert.notStrictEqual(pool.get(array.length), array);
					}
				},
			}),
		),
		{
			name: "an array of its own that was transferred since is rejected",
			run() {
				const pool = new BufferPool();
				const array = pool.get(64);
				const received = structuredClone(array, { transfer: [array.buffer] });
				pool.put(array);
				assert.deepInclude(pool.stats(), { rejected: 1, bytes: 0 });
				pool.put(received);
				assert.strictEqual(pool.get(64), received, "on the other side it is whole");
			},
		},
		{
			name: "a plain array of a class's length is taken in, wherever it was made",
			run() {
				const pool = new BufferPool({ stats: true });
				const foreign = new Uint8Array(80);
				const viewed = new Uint8Array(new ArrayBuffer(80));
				const sealed = Object.preventExtensions(new Uint8Array(80));
				for (const array of [foreign, viewed, sealed]) pool.put(array);
				assert.sameMembers([pool.get(80), pool.get(80), pool.get(80)], [foreign, viewed, sealed]);
				assert.strictEqual(pool.stats().rejected, 0);
			},
		},
		{
			name: "two pools take in each other's arrays, where they have such a class",
			run() {
				const wide = new BufferPool();
				const narrow = new BufferPool({ maxLength: 1000 });
				const made = wide.get(100);
				const marked = mark(made);
				narrow.put(made);
				const taken = narrow.get(100);
				assert.strictEqual(markOf(taken), marked);
				wide.put(taken);
				assert.strictEqual(markOf(wide.get(100)), marked);
				narrow.put(wide.get(1024));
				wide.put(narrow.get(1000));
				assert.strictEqual(narrow.stats().rejected, 1, "1024 is more than its longest");
				assert.strictEqual(wide.stats().rejected, 1, "1000 is no class there");
			},
		},
	],
};
