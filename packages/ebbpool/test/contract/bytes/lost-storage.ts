import { assert } from "chai";
import { Pool, type PoolOptions } from "ebbpool";
import { BufferPool, ByteBuffer, retain, type StorageSource } from "ebbpool/bytes";
import { expectCode } from "../support/expect.ts";
import type { Case, Suite } from "../support/kit.ts";

/** Takes the memory of an array away, as posting it with a transfer list does. */
function transfer(array: Uint8Array<ArrayBuffer>): void {
	structuredClone(array, { transfer: [array.buffer] });
}

interface Memory {
	readonly buffer: ArrayBuffer;
	grow(pages: number): void;
}

/** A page of WebAssembly's memory, where there is WebAssembly. */
function page(): Memory | undefined {
	const { WebAssembly } = globalThis as unknown as {
		WebAssembly?: { Memory: new (size: { initial: number }) => Memory };
	};
	return WebAssembly && new WebAssembly.Memory({ initial: 1 });
}

/** Gives the storage that it is told to, and plain storage afterwards; remembers what comes back. */
function from(first: Uint8Array<ArrayBuffer>) {
	const given = [first];
	const discarded: Uint8Array[] = [];
	const puts: Uint8Array[] = [];
	return {
		discarded,
		puts,
		get: (minLength: number) => given.pop() ?? new Uint8Array(minLength),
		put: (storage: Uint8Array) => void puts.push(storage),
		discard: (storage: Uint8Array) => void discarded.push(storage),
	} satisfies StorageSource & Record<string, unknown>;
}

/** Ways in which a buffer of 64 bytes, holding five, loses its storage. */
function losses(): Record<string, () => ByteBuffer> {
	const ways: Record<string, () => ByteBuffer> = {
		transferred() {
			const buffer = new ByteBuffer(64);
			buffer.writeString("hello");
			transfer(buffer.bytes());
			return buffer;
		},
	};
	const memory = page();
	if (memory !== undefined) {
		ways["WebAssembly memory that grew"] = () => {
			const own = page() as Memory;
			const buffer = new ByteBuffer({ capacity: 64, pool: from(new Uint8Array(own.buffer)) });
			buffer.writeString("hello");
			own.grow(1);
			return buffer;
		};
	}
	return ways;
}

const policies: Record<string, () => PoolOptions<ByteBuffer> & { new: () => ByteBuffer }> = {
	reset: () => ({ new: () => new ByteBuffer(64), reset: (buffer) => buffer.reset() }),
	release: () => {
		const pool = new BufferPool();
		return { new: () => new ByteBuffer({ capacity: 64, pool }), reset: (buffer) => buffer.release() };
	},
	"retain.upTo": () => ({ new: () => new ByteBuffer(64), ...retain.upTo(1e6) }),
	"retain.shrink": () => ({ new: () => new ByteBuffer(64), ...retain.shrink(3) }),
	"retain.used": () => retain.used(),
	"retain.calibrated": () => retain.calibrated(),
};

/** What begins anew, each as a method call on a buffer that has lost its storage. */
const beginnings: Record<string, (buffer: ByteBuffer) => unknown> = {
	reset: (buffer) => buffer.reset(),
	release: (buffer) => buffer.release(),
	bytes: (buffer) => assert.lengthOf(buffer.bytes(), 0),
	toString: (buffer: ByteBuffer) => assert.strictEqual(buffer.toString(), ""),
	next: (buffer) => assert.lengthOf(buffer.next(3), 0),
	read: (buffer) => assert.strictEqual(buffer.read(new Uint8Array(5)), 0),
	readUntil: (buffer) => assert.isUndefined(buffer.readUntil(0x6c)),
	shrink: (buffer) => buffer.shrink(),
	grow: (buffer) => buffer.grow(100),
	readByte: (buffer) => expectCode("ERR_POOL_RANGE", () => buffer.readByte()),
	readUint32LE: (buffer) => expectCode("ERR_POOL_RANGE", () => buffer.readUint32LE()),
	readUvarint: (buffer) => expectCode("ERR_POOL_RANGE", () => buffer.readUvarint()),
	readString: (buffer) => expectCode("ERR_POOL_RANGE", () => buffer.readString(5)),
	truncate: (buffer) => expectCode("ERR_POOL_RANGE", () => buffer.truncate(5)),
};

export const bytesLostStorage: Suite = {
	name: "storage that is taken away",
	cases: [
		...Object.entries(losses()).flatMap(([loss, lose]) => [
			...Object.entries(beginnings).map(
				([method, call]): Case => ({
					name: `${loss}: ${method} finds the buffer empty, and it is as good as new`,
					run() {
						const buffer = lose();
						call(buffer);
						assert.deepEqual([buffer.length, buffer.toString()], [0, ""]);
						buffer.writeString("somebody else's, and rather long");
						buffer.writeUint32LE(7);
						assert.strictEqual(buffer.readString(32), "somebody else's, and rather long");
						assert.strictEqual(buffer.readUint32LE(), 7);
					},
				}),
			),
			{
				name: `${loss}: highWater still tells of what was held there`,
				run() {
					const buffer = lose();
					buffer.writeByte(1);
					assert.deepInclude(buffer, { length: 1, highWater: 5 });
				},
			},
			{
				name: `${loss}: whatever is written then is all that the buffer holds`,
				run() {
					for (const write of [
						(buffer: ByteBuffer) => buffer.writeString("!"),
						(buffer: ByteBuffer) => buffer.write(new Uint8Array([0x21])),
						(buffer: ByteBuffer) => buffer.writeByte(0x21),
						(buffer: ByteBuffer) => buffer.writeUvarint(0x21),
					]) {
						const buffer = lose();
						write(buffer);
						assert.strictEqual(buffer.toString(), "!");
					}
				},
			} satisfies Case,
		]),
		...Object.entries(policies).map(
			([name, options]): Case => ({
				name: `with ${name}, one user's transfer does not harm a hundred users after`,
				run() {
					const pool = new Pool(options());
					for (const moment of ["before put", "in the pool"]) {
						const first = pool.get();
						first.writeString("hello");
						const view = first.bytes();
						if (moment === "before put") transfer(view);
						pool.put(first);
						// With the checks on, memory that went back to a BufferPool is out of its user's reach.
						if (moment === "in the pool" && view.length > 0) transfer(view);
						for (let i = 0; i < 100; i++) {
							const buffer = pool.get();
							assert.strictEqual(buffer.length, 0);
							buffer.writeString("somebody else's");
							assert.strictEqual(buffer.toString(), "somebody else's");
							pool.put(buffer);
						}
					}
				},
			}),
		),
		{
			name: "a buffer without storage can be transferred as well, and no other is harmed",
			run() {
				try {
					transfer(new ByteBuffer().bytes());
				} catch {
					// An earlier run of this case in the same process has.
				}
				const other = new ByteBuffer();
				assert.deepEqual([other.bytes().length, other.next(1).length, other.toString()], [0, 0, ""]);
				assert.deepEqual([other.write(new Uint8Array(0)), other.read(new Uint8Array(3))], [0, 0]);
				other.release();
				other.writeString("fine");
				assert.strictEqual(other.toString(), "fine");
			},
		},
		{
			name: "a source is told of storage that was lost, and is not given it back",
			run() {
				for (const [method, count] of [
					["reset", 1],
					["release", 1],
				] as const) {
					const storage = new Uint8Array(64);
					const source = from(storage);
					const buffer = new ByteBuffer({ capacity: 64, pool: source });
					transfer(storage);
					buffer[method]();
					assert.deepEqual([source.discarded.length, source.puts.length], [count, 0]);
				}
				const arrays = new BufferPool({ stats: true });
				const buffer = new ByteBuffer({ capacity: 64, pool: arrays });
				transfer(buffer.bytes());
				buffer.release();
				assert.deepInclude(arrays.stats(), { out: 0, rejected: 0, discarded: 1 });
			},
		},
		{
			name: "an array whose memory was taken away while it lay in a BufferPool is never handed out",
			run() {
				for (const order of ["local-first", "victim-first"] as const) {
					const pool = new BufferPool({ stats: true, order });
					const arrays = Array.from({ length: 5 }, () => pool.get(1000));
					for (const array of arrays) pool.put(array);
					for (const array of arrays.slice(1)) transfer(array);
					const got = Array.from({ length: 5 }, () => pool.get(0).length + pool.get(1000).length);
					assert.deepEqual(got, Array(5).fill(64 + 1024));
					assert.deepInclude(pool.stats(), { discarded: 4, out: 10 });
				}
			},
		},
		{
			name: "nor is one over WebAssembly memory that grew meanwhile",
			run() {
				const memory = page();
				if (memory === undefined) return;
				const pool = new BufferPool();
				pool.put(new Uint8Array(memory.buffer));
				memory.grow(1);
				for (let i = 0; i < 3; i++) assert.lengthOf(pool.get(65_536), 65_536);
			},
		},
		{
			name: "storage that was taken away while a sink had it ends the write; the buffer is its owner's again",
			async run() {
				const buffer = new ByteBuffer(64);
				buffer.writeString("hello");
				const sink = new WritableStream<Uint8Array<ArrayBuffer>>({ write: (chunk) => transfer(chunk) });
				assert.strictEqual(await buffer.writeTo(sink, { copy: false }), 5);
				buffer.writeString("again");
				assert.strictEqual(buffer.toString(), "again");
			},
		},
	],
};
