import { assert } from "chai";
import type { Pool } from "ebbpool";
import { ByteBuffer } from "ebbpool/bytes";

export type Buffers = Pool<ByteBuffer>;

/** Gets a buffer, writes `bytes` bytes to it, and puts it back; returns the buffer. */
export function use(pool: Buffers, bytes: number): ByteBuffer {
	const buffer = pool.get();
	buffer.write(new Uint8Array(bytes));
	pool.put(buffer);
	return buffer;
}

/** Puts a buffer of exactly `capacity` bytes of which `used` were used; returns whether the pool has it now. */
export function keeps(pool: Buffers, capacity: number, used: number): boolean {
	pool.clear();
	const buffer = new ByteBuffer(capacity);
	buffer.write(new Uint8Array(used));
	assert.strictEqual(buffer.capacity, capacity);
	pool.put(buffer);
	return pool.stats().local === 1;
}
