import { assert } from "chai";
import { Pool } from "ebbpool";
import { BufferPool, ByteBuffer, type StorageSource } from "ebbpool/bytes";
import { expectCode } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";

/** A pool whose arrays hold another user's bytes, as those of any pool may. */
function used(): StorageSource {
	return { get: (minLength) => new Uint8Array(minLength).fill(0x53), put: () => {} };
}

/** An array that lies about its length. */
class Liar extends Uint8Array {
	told = 0;
	override get length(): number {
		return this.told;
	}
}

function lying(truth: number, told: number): Uint8Array {
	const liar = new Liar(truth).fill(1);
	liar.told = told;
	return liar;
}

type Shared = SharedArrayBuffer & { grow(length: number): void };

function growable(length: number, most: number): Shared | undefined {
	if (typeof SharedArrayBuffer === "undefined") return undefined;
	const Buffer = SharedArrayBuffer as unknown as new (length: number, options: object) => Shared;
	const buffer = new Buffer(length, { maxByteLength: most });
	return "grow" in buffer ? buffer : undefined;
}

export const bytesUntrusted: Suite = {
	name: "what others give a ByteBuffer",
	cases: [
		{
			name: "a source that gives less than was asked for, or no bytes, is ERR_POOL_HOOK, and nothing is written",
			run() {
				const wrong: unknown[] = [
					new Uint8Array(63),
					new Uint8Array(0),
					undefined,
					null,
					"x".repeat(100),
					new Uint16Array(100),
					new ArrayBuffer(100),
					Promise.resolve(new Uint8Array(100)),
					lying(16, 100),
				];
				for (const storage of wrong) {
					const pool = { get: () => storage as Uint8Array<ArrayBuffer>, put: () => {} };
					expectCode("ERR_POOL_HOOK", () => new ByteBuffer({ capacity: 64, pool }));
					const buffer = new ByteBuffer({ pool });
					expectCode("ERR_POOL_HOOK", () => buffer.writeString("x".repeat(40)));
					expectCode("ERR_POOL_HOOK", () => buffer.write(new Uint8Array(20)));
					expectCode("ERR_POOL_HOOK", () => buffer.writeUint32LE(1));
					expectCode("ERR_POOL_HOOK", () => buffer.grow(1));
					assert.deepEqual([buffer.length, buffer.capacity], [0, 0]);
				}
				const short = new Pool({ new: () => new Uint8Array(16) });
				const { message } = expectCode("ERR_POOL_HOOK", () => new ByteBuffer({ pool: short }).writeByte(1));
				assert.match(message, /at least 64 bytes, got 16/);
				assert.strictEqual(short.stats().discarded, 1);
			},
		},
		{
			name: "a source that uses the very buffer that asks for storage spoils nothing",
			run() {
				let busy = false;
				let buffer: ByteBuffer | undefined;
				const pool: StorageSource = {
					get(minLength) {
						if (!busy && buffer !== undefined && buffer.length > 0) {
							busy = true;
							buffer.writeString("x".repeat(64));
							busy = false;
						}
						return used().get(minLength);
					},
					put: () => {},
				};
				buffer = new ByteBuffer({ pool });
				buffer.writeString("y".repeat(64));
				buffer.writeString("zz");
				assert.match(buffer.toString(), /^y{64}(x{64})+zz$/);
			},
		},
		{
			name: "an array that lies about its length is written as long as it is",
			run() {
				for (const [truth, told] of [
					[3, 1000],
					[1000, 3],
					[10, 0],
					[0, 10],
					[5, -1],
					[5, Number.NaN],
				] as const) {
					const buffer = new ByteBuffer({ pool: used() });
					assert.strictEqual(buffer.write(lying(truth, told)), truth);
					assert.deepEqual(buffer.bytes(), new Uint8Array(truth).fill(1), `${truth}, told ${told}`);
					const own = Object.defineProperty(new Uint8Array(truth).fill(1), "length", { value: told });
					assert.strictEqual(buffer.write(own), truth);
					assert.deepEqual(buffer.bytes(), new Uint8Array(2 * truth).fill(1));
				}
			},
		},
		{
			name: "a target that lies about its length takes no more than it can, and nothing is lost",
			run() {
				const buffer = new ByteBuffer();
				buffer.writeString("abcdef");
				const target = lying(3, 1000);
				assert.strictEqual(buffer.read(target), 3);
				assert.strictEqual(target[2], 0x63);
				assert.strictEqual(buffer.toString(), "def");
			},
		},
		{
			name: "shared memory that grows while room is made for it is written as long as it was",
			run() {
				const memory = growable(10, 2000);
				if (memory === undefined) return;
				const view = new Uint8Array(memory).fill(1);
				const plain = used();
				const pool: StorageSource = {
					get(minLength) {
						memory.grow(2000);
						return plain.get(minLength);
					},
					put: () => {},
				};
				const buffer = new ByteBuffer({ pool });
				assert.strictEqual(buffer.write(view), 10);
				assert.deepEqual(buffer.bytes(), new Uint8Array(10).fill(1));
			},
		},
		{
			name: "bytes that are taken away while room is made for them are an error, and nothing is written",
			run() {
				const source = new Uint8Array(100);
				const pool: StorageSource = {
					get(minLength) {
						if (minLength >= 100) structuredClone(source, { transfer: [source.buffer] });
						return used().get(minLength);
					},
					put: () => {},
				};
				const buffer = new ByteBuffer({ pool });
				buffer.writeByte(7);
				expectCode("ERR_POOL_ARGUMENT", () => buffer.write(source));
				assert.deepEqual(buffer.bytes(), Uint8Array.of(7));
			},
		},
		{
			name: "a put of the source's that throws comes through, and the buffer has moved all the same",
			run() {
				const failure = new Error("not today");
				const pool: StorageSource = {
					get: (minLength) => new Uint8Array(minLength),
					put() {
						throw failure;
					},
				};
				const buffer = new ByteBuffer({ pool, capacity: 8 });
				buffer.writeString("12345678");
				assert.throws(() => buffer.grow(100), failure.message);
				assert.strictEqual(buffer.toString(), "12345678");
				assert.throws(() => buffer.release(), failure.message);
				assert.deepEqual([buffer.length, buffer.capacity], [0, 0]);
				buffer.writeString("goes on");
				assert.strictEqual(buffer.toString(), "goes on");
			},
		},
		{
			name: "a call whose error names its method names what was expected and what it got",
			async run() {
				const buffer = new ByteBuffer();
				const pool = new BufferPool();
				const messages: [RegExp, () => unknown][] = [
					[
						/^ByteBuffer\.readString: length: expected an integer .*, got undefined$/,
						() => call("readString"),
					],
					[
						/^ByteBuffer\.writeByte: value: expected an integer from 0 to 255, got 256$/,
						() => buffer.writeByte(256),
					],
					[
						/^ByteBuffer\.writeBigInt64LE: value: expected a 64-bit bigint, got 1$/,
						() => call("writeBigInt64LE", 1),
					],
					[
						/^ByteBuffer\.writeFloat64BE: value: expected a number, got "1"$/,
						() => call("writeFloat64BE", "1"),
					],
					[/^ByteBuffer\.readUint32LE: expected 4 unread bytes, got 0$/, () => buffer.readUint32LE()],
					[/^ByteBuffer\.readVarint: expected 1 unread bytes, got 0$/, () => buffer.readVarint()],
					[/^ByteBuffer\.write: bytes: expected a Uint8Array, .*, got "text"$/, () => call("write", "text")],
					[/^ByteBuffer\.writeString: text: expected a string, got 1$/, () => call("writeString", 1)],
					[/^ByteBuffer\.read: target: expected a Uint8Array, got an object$/, () => call("read", {})],
					[/^ByteBuffer\.next: n: expected an integer .*, got -1$/, () => buffer.next(-1)],
					[/^ByteBuffer\.readUntil: delimiter: expected .*, got "\\n"$/, () => call("readUntil", "\n")],
					[/^ByteBuffer\.truncate: n: expected an integer from 0 to 0, got 1$/, () => buffer.truncate(1)],
					[/^ByteBuffer\.grow: n: expected .*, got undefined$/, () => call("grow")],
					[/^ByteBuffer\.shrink: capacity: expected .*, got null$/, () => call("shrink", null)],
					[/^BufferPool\.get: minLength: expected .*, got undefined$/, () => pool.get(undefined as never)],
					[/^BufferPool\.put: array: expected a Uint8Array, got 1$/, () => pool.put(1 as never)],
					[/^BufferPool\.use: minLength: expected .*, got -1$/, () => pool.use(-1, () => {})],
					[/^BufferPool\.lease: minLength: expected .*, got 0\.5$/, () => pool.lease(0.5)],
					[
						/^BufferPool\.use: work: expected a function, got undefined$/,
						() => pool.use(1, undefined as never),
					],
				];
				function call(method: string, ...values: unknown[]): unknown {
					return (buffer as unknown as Record<string, (...values: unknown[]) => unknown>)[method]?.(
						...values,
					);
				}
				for (const [pattern, wrong] of messages) assert.throws(wrong, pattern);
			},
		},
		{
			name: "the least and the greatest of each range are taken",
			run() {
				const pool = new BufferPool({ maxLength: 4096 });
				for (const length of [0, 4096]) {
					const lease = pool.lease(length);
					assert.isAtLeast(lease.item.length, length);
					lease.release();
					assert.isAtLeast(
						pool.use(length, (array) => array.length),
						length,
					);
				}
				const buffer = new ByteBuffer();
				for (const byte of [0, 0xff]) {
					buffer.write(Uint8Array.of(1, byte, 2));
					assert.deepEqual([...(buffer.readUntil(byte) ?? [])], [1, byte]);
					assert.strictEqual(buffer.next(1)[0], 2);
				}
			},
		},
		{
			name: "JSON.stringify and inspecting show a short line, and none of the bytes",
			run() {
				const buffer = new ByteBuffer(64);
				buffer.writeString("a secret");
				assert.strictEqual(JSON.stringify({ buffer }), '{"buffer":{"length":8,"capacity":64}}');
				const pool = new BufferPool({ name: "frames" });
				pool.put(pool.get(5000));
				assert.strictEqual(JSON.stringify(pool), "{}");
				const inspect = Symbol.for("nodejs.util.inspect.custom");
				const line = (object: object) => (object as Record<symbol, () => string>)[inspect]?.();
				assert.strictEqual(line(buffer), "ByteBuffer(8 of 64 bytes)");
				assert.strictEqual(line(pool), 'BufferPool("frames", 1 arrays, 5120 bytes)');
				assert.strictEqual(line(new BufferPool()), "BufferPool(0 arrays, 0 bytes)");
				const lease = pool.lease(5000);
				assert.strictEqual(line(lease), "Lease { held }");
				lease.release();
				assert.strictEqual(line(lease), "Lease { ended }");
			},
		},
	],
};
