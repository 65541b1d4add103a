import { assert } from "chai";
import { BufferPool, ByteBuffer } from "ebbpool/bytes";
import { expectCode } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";
import { mark, markOf } from "../support/marks.ts";

const out = (pool: BufferPool) =>
	pool.stats().classes.reduce((sum, { gets = 0, puts = 0 }) => sum + gets - puts, 0);

export const bytesBufferOnPool: Suite = {
	name: "ByteBuffer on a BufferPool",
	cases: [
		{
			name: "a ByteBuffer swaps its storage up through the classes and has one array out at any time",
			run() {
				const pool = new BufferPool({ stats: true });
				const buffer = new ByteBuffer({ pool });
				assert.strictEqual(out(pool), 0);
				const capacities = new Set<number>();
				for (let i = 0; i < 500; i++) {
					buffer.writeByte(i & 255);
					capacities.add(buffer.capacity);
					assert.strictEqual(out(pool), 1);
				}
				assert.deepEqual([...capacities], [64, 128, 256, 512]);
				assert.strictEqual(pool.stats().bytes, 64 + 128 + 256);
				assert.isTrue(buffer.bytes().every((byte, i) => byte === (i & 255)));
			},
		},
		{
			name: "a ByteBuffer takes all of the array that it got, and shrinks into a smaller class",
			run() {
				const pool = new BufferPool({ stats: true });
				const buffer = new ByteBuffer({ capacity: 900, pool });
				assert.strictEqual(buffer.capacity, 1024);
				buffer.writeString("short");
				buffer.shrink(200);
				assert.strictEqual(buffer.capacity, 224);
				buffer.shrink(200);
				assert.strictEqual(buffer.capacity, 224, "there is nothing smaller");
				assert.deepEqual([buffer.toString(), out(pool), pool.stats().bytes], ["short", 1, 1024 + 224]);
				buffer.reset();
				buffer.shrink();
				assert.deepEqual([buffer.capacity, out(pool)], [0, 0]);
			},
		},
		{
			name: "release and `using` give the storage back, once; the next buffer gets the same",
			run() {
				const pool = new BufferPool({ stats: true });
				let marked: number;
				{
					using buffer = new ByteBuffer({ capacity: 64, pool });
					marked = mark(new Uint8Array(buffer.bytes().buffer));
				}
				assert.strictEqual(out(pool), 0);
				const next = new ByteBuffer({ capacity: 64, pool });
				assert.strictEqual(markOf(new Uint8Array(next.bytes().buffer)), marked);
				next.release();
				next.release();
				next[Symbol.dispose]();
				assert.deepEqual([out(pool), pool.stats().bytes, pool.stats().rejected], [0, 64, 0]);
			},
		},
		{
			name: "a ByteBuffer that outgrows maxLength goes on without the pool and gives back what came from it",
			run() {
				const pool = new BufferPool({ maxLength: 128, stats: true });
				const buffer = new ByteBuffer({ pool });
				buffer.write(new Uint8Array(100).fill(1));
				buffer.write(new Uint8Array(200).fill(2));
				assert.strictEqual(buffer.capacity, 300);
				assert.deepInclude(pool.stats(), { oversized: 1, bytes: 112 });
				buffer.release();
				assert.deepInclude(pool.stats(), { rejected: 1, bytes: 112 });
				assert.strictEqual(out(pool), 0);
			},
		},
		{
			name: 'with `zero: "put"` no byte of a buffer survives in the pool',
			run() {
				const pool = new BufferPool({ zero: "put" });
				const buffer = new ByteBuffer({ pool });
				for (let i = 0; i < 100; i++) buffer.writeString("secret");
				buffer.release();
				for (const { length, local } of pool.stats().classes)
					for (let i = 0; i < local; i++) assert.isTrue(pool.get(length).every((byte) => byte === 0));
			},
		},
		{
			name: "a ByteBuffer of a pool that was disposed of keeps what it has and reports that it cannot grow",
			run() {
				const pool = new BufferPool();
				const buffer = new ByteBuffer({ capacity: 64, pool });
				buffer.writeString("kept");
				pool[Symbol.dispose]();
				expectCode("ERR_POOL_DISPOSED", () => buffer.grow(100));
				assert.strictEqual(buffer.toString(), "kept");
				buffer.release();
				assert.strictEqual(pool.stats().rejected, 1);
			},
		},
	],
};
