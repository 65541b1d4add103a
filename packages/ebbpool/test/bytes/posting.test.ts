import { test } from "node:test";
import { assert } from "chai";
import { BufferPool, ByteBuffer, PoolError } from "ebbpool/bytes";
import { SharedPool } from "ebbpool/shared";

for (const [what, made, instead] of [
	["a buffer", () => new ByteBuffer(64), "a copy of buffer.bytes()"],
	["an empty buffer", () => new ByteBuffer(), "a copy of buffer.bytes()"],
	["a buffer on a pool", () => new ByteBuffer({ pool: new BufferPool() }), "a copy of buffer.bytes()"],
	[
		"a shared pool's lease",
		() => SharedPool.create({ slotSize: 8, slots: 1 }).lease(),
		"what pool.give(lease.item) returns",
	],
] as const) {
	test(`posting ${what} says what to post instead, and prints no source`, () => {
		const object = made();
		assert.throws(() => structuredClone({ object }), PoolError, `postMessage: expected ${instead}, got the `);
	});
}
