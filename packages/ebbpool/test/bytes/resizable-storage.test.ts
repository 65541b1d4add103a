import { describe, test } from "node:test";
import { assert } from "chai";
import { BufferPool, ByteBuffer, type StorageSource } from "ebbpool/bytes";

// In a process of its own: Node 20 and 22 compile `array.length` wrongly once they have seen resizable memory, and then
// take a detached array for what it was (V8 before 13). It is mended in 24.

interface Resizable extends ArrayBuffer {
	resize(length: number): void;
}

function resizable(length: number): Resizable {
	const Buffer = ArrayBuffer as unknown as new (length: number, options: object) => Resizable;
	return new Buffer(length, { maxByteLength: 4096 });
}

function from(first: Uint8Array<ArrayBuffer>): StorageSource {
	const given = [first];
	return { get: (minLength) => given.pop() ?? new Uint8Array(minLength), put: () => {} };
}

describe("a ByteBuffer on resizable memory", () => {
	for (const length of [undefined, 64]) {
		const kind = length === undefined ? "its length tracked" : "of fixed length";
		for (const left of [0, 3]) {
			test(`begins anew when it is shrunk to ${left} bytes, ${kind}`, () => {
				for (const begin of ["reset", "release", "bytes"] as const) {
					const memory = resizable(64);
					const buffer = new ByteBuffer({ capacity: 64, pool: from(new Uint8Array(memory, 0, length)) });
					buffer.writeString("hello");
					memory.resize(left);
					assert.strictEqual(buffer.length, 0);
					buffer[begin]();
					buffer.writeString("again, and longer than before");
					buffer.writeFloat64LE(0.5);
					assert.strictEqual(buffer.readString(29), "again, and longer than before");
					assert.strictEqual(buffer.readFloat64LE(), 0.5);
				}
			});
		}
	}

	test("uses what it has grown by", () => {
		const memory = resizable(64);
		const buffer = new ByteBuffer({ capacity: 64, pool: from(new Uint8Array(memory)) });
		memory.resize(128);
		for (let i = 0; i < 16; i++) buffer.writeFloat64LE(i);
		assert.deepEqual([buffer.capacity, buffer.bytes().buffer], [128, memory]);
		for (let i = 0; i < 16; i++) assert.strictEqual(buffer.readFloat64LE(), i);
	});
});

test("a BufferPool takes no array on resizable memory, and hands out none that was detached afterwards", () => {
	const pool = new BufferPool();
	for (let i = 0; i < 20_000; i++) {
		pool.put(new Uint8Array(resizable(64)));
		const array = pool.get(64);
		assert.strictEqual(array.length, 64);
		assert.strictEqual(array.buffer.byteLength, 64);
		if (i % 100 === 0) structuredClone(array, { transfer: [array.buffer] });
		pool.put(array);
	}
});
