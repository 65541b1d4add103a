import { assert } from "chai";
import { BufferPool, ByteBuffer, type StorageSource } from "ebbpool/bytes";
import { expectCode } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";

const sizes = (buffer: ByteBuffer) => [buffer.length, buffer.capacity];

/** A source that spoils what comes back, as the next user would, and knows what is out. */
class SpoilingSource implements StorageSource {
	readonly out = new Set<Uint8Array>();
	readonly lengths: number[] = [];

	get(minLength: number): Uint8Array<ArrayBuffer> {
		const storage = new Uint8Array(Math.ceil(minLength / 16) * 16).fill(0xdd);
		this.lengths.push(storage.length);
		this.out.add(storage);
		return storage;
	}

	put(storage: Uint8Array<ArrayBuffer>): void {
		assert.isTrue(this.out.delete(storage), "came from here and was out");
		storage.fill(0xee);
	}
}

export const bytesStorage: Suite = {
	name: "ByteBuffer's storage",
	cases: [
		{
			name: "the brief's program prints 0 0, 12 64, 0 64",
			run() {
				const buffer = new ByteBuffer();
				assert.deepEqual(sizes(buffer), [0, 0]);
				buffer.writeString("long message");
				assert.deepEqual(sizes(buffer), [12, 64]);
				buffer.reset();
				assert.deepEqual(sizes(buffer), [0, 64]);
			},
		},
		{
			name: "every kind of first small write gives 64 bytes",
			run() {
				const writes: ((buffer: ByteBuffer) => unknown)[] = [
					(buffer) => buffer.writeByte(1),
					(buffer) => buffer.writeFloat64LE(1),
					(buffer) => buffer.writeUvarint(300),
					(buffer) => buffer.write(new Uint8Array(64)),
					(buffer) => buffer.writeString("x".repeat(64)),
					(buffer) => buffer.grow(1),
				];
				for (const write of writes) {
					const buffer = new ByteBuffer();
					write(buffer);
					assert.strictEqual(buffer.capacity, 64, String(write));
				}
			},
		},
		{
			name: "small writes go through 64, 128, 256, …; a large one gets what it needs",
			run() {
				const buffer = new ByteBuffer();
				const seen = new Set<number>();
				for (let i = 0; i < 1000; i++) {
					buffer.writeByte(i & 255);
					seen.add(buffer.capacity);
				}
				assert.deepEqual([...seen], [64, 128, 256, 512, 1024]);
				const large = new ByteBuffer();
				large.write(new Uint8Array(5000));
				assert.strictEqual(large.capacity, 5000);
			},
		},
		{
			name: "writing nothing allocates nothing",
			run() {
				const buffer = new ByteBuffer();
				buffer.writeString("");
				buffer.write(new Uint8Array(0));
				buffer.grow(0);
				buffer.shrink();
				assert.deepEqual(sizes(buffer), [0, 0]);
			},
		},
		{
			name: "a buffer that was read empty is written from its beginning again",
			run() {
				const buffer = new ByteBuffer(64);
				const storage = buffer.bytes().buffer;
				for (let i = 0; i < 100; i++) {
					buffer.write(new Uint8Array(64).fill(i));
					assert.deepEqual(buffer.next(64), new Uint8Array(64).fill(i));
					assert.strictEqual(buffer.available, 64);
				}
				assert.strictEqual(buffer.bytes().buffer, storage);
			},
		},
		{
			name: "what is held slides down rather than growing while it takes less than half",
			run() {
				const buffer = new ByteBuffer(64);
				buffer.write(Uint8Array.from({ length: 64 }, (_, i) => i));
				buffer.next(48);
				assert.strictEqual(buffer.available, 0);
				buffer.writeByte(64);
				assert.deepEqual(sizes(buffer), [17, 64]);
				assert.strictEqual(buffer.available, 64 - 17);
				assert.deepEqual(
					buffer.bytes(),
					Uint8Array.from({ length: 17 }, (_, i) => 48 + i),
				);
			},
		},
		{
			name: "what takes more than half is not slid down, since a little room would soon be used up again",
			run() {
				const buffer = new ByteBuffer(64);
				buffer.write(new Uint8Array(64));
				buffer.next(32);
				buffer.writeByte(1);
				assert.deepEqual(sizes(buffer), [33, 128]);
			},
		},
		{
			name: "highWater is the most bytes held at once since the last reset",
			run() {
				const buffer = new ByteBuffer();
				assert.strictEqual(buffer.highWater, 0);
				buffer.write(new Uint8Array(100));
				assert.strictEqual(buffer.highWater, 100);
				buffer.next(80);
				buffer.write(new Uint8Array(70));
				assert.strictEqual(buffer.highWater, 100);
				buffer.write(new Uint8Array(30));
				buffer.readByte();
				assert.strictEqual(buffer.highWater, 120);
				buffer.truncate(0);
				buffer.shrink();
				assert.strictEqual(buffer.highWater, 120);
				buffer.reset();
				assert.strictEqual(buffer.highWater, 0);
			},
		},
		{
			name: "shrink gives up what is not needed, and nothing that is held",
			run() {
				const buffer = new ByteBuffer(1000);
				buffer.writeString("skipped, kept");
				buffer.next(9);
				buffer.shrink(100);
				assert.deepEqual(sizes(buffer), [4, 100]);
				buffer.shrink(200);
				assert.strictEqual(buffer.capacity, 100);
				buffer.shrink();
				assert.deepEqual(sizes(buffer), [4, 4]);
				assert.strictEqual(buffer.toString(), "kept");
				buffer.reset();
				buffer.shrink();
				assert.strictEqual(buffer.capacity, 0);
				buffer.writeString("and again");
				assert.deepEqual(sizes(buffer), [9, 64]);
			},
		},
		{
			name: "its own bytes can be written to it, whatever has to move",
			run() {
				for (const capacity of [0, 6, 7, 12, 64]) {
					const buffer = new ByteBuffer(capacity);
					buffer.writeString("xabcdef");
					buffer.readByte();
					buffer.write(buffer.bytes());
					buffer.write(buffer.bytes().subarray(10));
					assert.strictEqual(buffer.toString(), "abcdefabcdefef");
				}
				const sliding = new ByteBuffer(8);
				sliding.writeString("skip--ab");
				sliding.next(6);
				sliding.write(sliding.bytes());
				assert.deepEqual([sliding.toString(), sliding.capacity], ["abab", 8]);
			},
		},
		{
			name: "storage comes from the pool and is swapped there; release gives back all",
			run() {
				const pool = new SpoilingSource();
				const buffer = new ByteBuffer({ pool, capacity: 20 });
				assert.deepEqual(pool.lengths, [32]);
				assert.strictEqual(buffer.capacity, 32);
				buffer.writeString("x".repeat(31));
				buffer.writeString("yz");
				assert.deepEqual(pool.lengths, [32, 64]);
				assert.strictEqual(pool.out.size, 1);
				assert.strictEqual(buffer.toString(), `${"x".repeat(31)}yz`);
				buffer.next(31);
				buffer.shrink();
				assert.deepEqual(pool.lengths, [32, 64, 16]);
				assert.strictEqual(buffer.toString(), "yz");
				buffer.release();
				assert.strictEqual(pool.out.size, 0);
				assert.deepEqual(sizes(buffer), [0, 0]);
				buffer.release();
				buffer.writeString("in use again");
				assert.strictEqual(pool.out.size, 1);
				buffer[Symbol.dispose]();
				assert.strictEqual(pool.out.size, 0);
			},
		},
		{
			name: "a BufferPool gets back every array that a growing buffer rented from it",
			run() {
				const pool = new BufferPool({ stats: true });
				const buffer = new ByteBuffer({ pool });
				for (let i = 0; i < 1000; i++) buffer.write(new Uint8Array(100).fill(i));
				const { bytes } = pool.stats();
				const { capacity } = buffer;
				buffer.release();
				const stats = pool.stats();
				assert.strictEqual(stats.bytes, bytes + capacity);
				assert.strictEqual(stats.rejected, 0);
				for (const { length, gets, puts } of stats.classes) assert.strictEqual(gets, puts, `${length} bytes`);
			},
		},
		{
			name: "its own bytes can be written to it although the pool spoils the old storage",
			run() {
				const buffer = new ByteBuffer({ pool: new SpoilingSource() });
				buffer.writeString("0123456789abcdef".repeat(4));
				buffer.write(buffer.bytes());
				assert.strictEqual(buffer.toString(), "0123456789abcdef".repeat(8));
			},
		},
		{
			name: "shrink keeps what it has where the pool has nothing smaller",
			run() {
				const pool = new SpoilingSource();
				const buffer = new ByteBuffer({ pool, capacity: 16 });
				buffer.writeString("nine char");
				const storage = buffer.bytes().buffer;
				buffer.shrink();
				assert.strictEqual(buffer.bytes().buffer, storage);
				assert.strictEqual(pool.out.size, 1);
				assert.strictEqual(buffer.toString(), "nine char");
			},
		},
		{
			name: "a pool that fails leaves the buffer as it was; the pool's error comes through",
			run() {
				const failure = new Error("no storage today");
				let failing = false;
				const pool: StorageSource = {
					get(minLength) {
						if (failing) throw failure;
						return new Uint8Array(minLength);
					},
					put: () => {},
				};
				const buffer = new ByteBuffer({ pool });
				buffer.writeString("kept");
				failing = true;
				const writes: (() => unknown)[] = [
					() => buffer.writeString("é".repeat(64)),
					() => buffer.writeString("x".repeat(64)),
					() => buffer.write(new Uint8Array(64)),
					() => buffer.grow(100),
					() => buffer.shrink(10),
				];
				for (const write of writes) assert.throws(write, failure.message);
				assert.strictEqual(buffer.toString(), "kept");
				buffer.writeString(" and written on");
				assert.strictEqual(buffer.toString(), "kept and written on");
			},
		},
		{
			name: "a pool that cannot give twice as much is asked for what is needed",
			run() {
				const asked: number[] = [];
				const pool: StorageSource = {
					get(minLength) {
						asked.push(minLength);
						if (minLength > 100) throw new RangeError("too much");
						return new Uint8Array(minLength);
					},
					put: () => {},
				};
				const buffer = new ByteBuffer({ pool });
				buffer.write(new Uint8Array(64));
				buffer.write(new Uint8Array(30));
				assert.deepEqual(asked, [64, 128, 94]);
				assert.deepEqual(sizes(buffer), [94, 94]);
			},
		},
		{
			name: "unknown options, wrong types and numbers out of range are refused",
			run() {
				const wrong: unknown[] = [
					-1,
					1.5,
					Number.NaN,
					Number.POSITIVE_INFINITY,
					"64",
					null,
					[],
					{ capacity: -1 },
					{ capacity: "64" },
					{ size: 64 },
					{ pool: null },
					{ pool: { get: () => new Uint8Array(0) } },
				];
				for (const options of wrong) {
					expectCode("ERR_POOL_OPTION", () => new ByteBuffer(options as number));
				}
				assert.strictEqual(new ByteBuffer({}).capacity, 0);
				assert.strictEqual(new ByteBuffer({ capacity: undefined, pool: undefined }).capacity, 0);
				assert.strictEqual(new ByteBuffer({ capacity: 7 }).capacity, 7);
			},
		},
		{
			name: "only Uint8Arrays are written and read into",
			run() {
				const buffer = new ByteBuffer();
				for (const wrong of [
					"text",
					1,
					null,
					undefined,
					[1, 2],
					new Uint16Array(2),
					new DataView(new ArrayBuffer(2)),
				]) {
					expectCode("ERR_POOL_ARGUMENT", () => buffer.write(wrong as unknown as Uint8Array));
					expectCode("ERR_POOL_ARGUMENT", () => buffer.read(wrong as unknown as Uint8Array));
				}
				assert.strictEqual(buffer.length, 0);
			},
		},
	],
};
