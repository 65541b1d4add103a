import { describe, test } from "node:test";
import { assert } from "chai";
import { BufferPool, ByteBuffer } from "ebbpool/bytes";

/** What another user of the storage left in it. */
const SECRET = 0x53;

/** Calls `attempt` at each depth of the stack, from the last one at which there is room for a call outwards. */
function dive(attempt: () => void, levels: number): number {
	let left = levels;
	let threw = 0;
	let other: unknown;
	function down(depth: number): void {
		try {
			down(depth + 1);
		} catch {}
		if (left === 0) return;
		left--;
		try {
			attempt();
		} catch (error) {
			// There is no room for an assertion here.
			if (error instanceof RangeError) threw++;
			else other = error;
		}
	}
	down(0);
	assert.isUndefined(other);
	return threw;
}

const writes: Record<string, (buffer: ByteBuffer) => unknown> = {
	write: (buffer) => buffer.write(TEXT),
	"write of its own bytes": (buffer) => buffer.write(buffer.bytes()),
	"writeString of ASCII": (buffer) => buffer.writeString("short"),
	"writeString of more": (buffer) =>
		buffer.writeString("löng text, and not only ASCII, of more than 32 units"),
	writeByte: (buffer) => buffer.writeByte(1),
	writeUint32LE: (buffer) => buffer.writeUint32LE(1),
	writeFloat64BE: (buffer) => buffer.writeFloat64BE(1),
	writeUvarint: (buffer) => buffer.writeUvarint(2 ** 40),
	writeBigVarint: (buffer) => buffer.writeBigVarint(-1n),
};

const reads: Record<string, (buffer: ByteBuffer) => unknown> = {
	readByte: (buffer) => buffer.readByte(),
	readUint32LE: (buffer) => buffer.readUint32LE(),
	readUvarint: (buffer) => buffer.readUvarint(),
	readBigVarint: (buffer) => buffer.readBigVarint(),
	readString: (buffer) => buffer.readString(10),
	"readString of more": (buffer) => buffer.readString(40),
	next: (buffer) => buffer.next(10),
	readUntil: (buffer) => buffer.readUntil(0x20),
	read: (buffer) => buffer.read(new Uint8Array(10)),
};

const TEXT = new TextEncoder().encode("some text that is written, and is no secret at all");

function spoiled(): BufferPool {
	const pool = new BufferPool();
	for (const length of [64, 128, 256, 512, 1024]) {
		for (let i = 0; i < 50; i++) pool.put(new Uint8Array(length).fill(SECRET));
	}
	return pool;
}

describe("a call that the stack has no room for has changed nothing", () => {
	for (const [name, write] of Object.entries(writes)) {
		test(name, () => {
			for (const capacity of [64, 1024]) {
				let threw = 0;
				for (let round = 0; round < 30; round++) {
					const pool = spoiled();
					threw += dive(() => {
						const buffer = new ByteBuffer({ capacity, pool });
						buffer.write(TEXT.subarray(0, 40));
						try {
							write(buffer);
						} catch (error) {
							check.push(buffer);
							throw error;
						}
					}, 60);
				}
				for (const buffer of check.splice(0)) {
					assert.strictEqual(buffer.length, 40);
					assert.strictEqual(buffer.toString(), "some text that is written, and is no sec");
				}
				assert.isAbove(threw, 0);
			}
		});
	}

	for (const [name, read] of Object.entries(reads)) {
		test(name, () => {
			for (let round = 0; round < 30; round++) {
				const buffers: { buffer: ByteBuffer; failed: boolean }[] = Array.from({ length: 60 }, () => {
					const buffer = new ByteBuffer(64);
					buffer.write(TEXT);
					return { buffer, failed: false };
				});
				const waiting = [...buffers];
				dive(() => {
					const each = waiting.pop() as (typeof buffers)[number];
					each.failed = true;
					read(each.buffer);
					each.failed = false;
				}, 60);
				for (const { buffer, failed } of buffers) {
					if (failed) assert.strictEqual(buffer.length, TEXT.length);
					else assert.isBelow(buffer.length, TEXT.length + 1);
				}
			}
		});
	}
});

/** Buffers whose write failed; they are looked at where there is room on the stack. */
const check: ByteBuffer[] = [];
