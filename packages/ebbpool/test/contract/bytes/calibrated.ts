import { assert } from "chai";
import { Pool } from "ebbpool";
import { ByteBuffer, retain } from "ebbpool/bytes";
import type { Suite } from "../support/kit.ts";
import { type Buffers, keeps, use } from "./policy-uses.ts";

/** Uses buffers of all these sizes, each a fresh one, so that every size is counted once. */
function learn(pool: Buffers, sizes: readonly number[]): void {
	for (const bytes of sizes) {
		const buffer = new ByteBuffer();
		buffer.write(new Uint8Array(bytes));
		pool.put(buffer);
	}
	pool.clear();
}

const repeat = (count: number, bytes: number) => new Array<number>(count).fill(bytes);

export const bytesCalibrated: Suite = {
	name: "retain.calibrated",
	cases: [
		{
			name: "calibrated: until it has calibrated it keeps everything and new buffers are empty",
			run() {
				const pool = new Pool(retain.calibrated({ interval: 100 }));
				learn(pool, repeat(99, 1000));
				assert.isTrue(keeps(pool, 10_000_000, 10_000_000));
				assert.strictEqual(pool.new?.().capacity, 0);
			},
		},
		{
			name: "calibrated: after `interval` puts of one size new buffers have the most frequent size, rounded up to a power of two",
			run() {
				for (const [bytes, capacity] of [
					[0, 64],
					[1, 64],
					[64, 64],
					[65, 128],
					[1000, 1024],
					[1024, 1024],
					[1025, 2048],
					[100_000, 131_072],
				] as const) {
					const pool = new Pool(retain.calibrated({ interval: 10 }));
					learn(pool, [...repeat(9, 30_000_000 / 1000), ...repeat(10, bytes)]);
					assert.strictEqual(pool.get().capacity, capacity, `${bytes} bytes`);
				}
			},
		},
		{
			name: "calibrated: unless told otherwise it calibrates after 42,000 puts of one size",
			run() {
				const pool = new Pool(retain.calibrated());
				for (let i = 1; i < 42_000; i++) use(pool, 100);
				assert.strictEqual(pool.new?.().capacity, 0);
				use(pool, 100);
				assert.strictEqual(pool.new?.().capacity, 128);
			},
		},
		{
			name: "calibrated: buffers beyond twice the 95th percentile are dropped from then on",
			run() {
				const pool = new Pool(retain.calibrated({ interval: 95 }));
				learn(pool, [...repeat(5, 1_000_000), ...repeat(95, 1000)]);
				assert.isTrue(keeps(pool, 2048, 2048));
				assert.isFalse(keeps(pool, 2049, 0));
				const wider = new Pool(retain.calibrated({ interval: 94 }));
				learn(wider, [...repeat(6, 60_000), ...repeat(94, 1000)]);
				assert.isTrue(keeps(wider, 131_072, 0));
				assert.isFalse(keeps(wider, 131_073, 0));
			},
		},
		{
			name: "calibrated: the percentile is as told, from the smallest to the largest use",
			run() {
				const sizes = [...repeat(1, 100_000), ...repeat(49, 3000), ...repeat(50, 100)];
				for (const [percentile, largest] of [
					[0, 128],
					[0.5, 256],
					[0.51, 8192],
					[0.99, 8192],
					[1, 262_144],
				] as const) {
					const pool = new Pool(retain.calibrated({ interval: 50, percentile }));
					learn(pool, sizes);
					assert.isTrue(keeps(pool, largest, 0), `up to ${largest} at ${percentile}`);
					assert.isFalse(keeps(pool, largest + 1, 0), `more than ${largest} at ${percentile}`);
				}
			},
		},
		{
			name: "calibrated: it goes on learning, and follows when sizes change",
			run() {
				const pool = new Pool(retain.calibrated({ interval: 10 }));
				learn(pool, repeat(10, 100_000));
				assert.isTrue(keeps(pool, 262_144, 0));
				learn(pool, repeat(10, 1000));
				assert.strictEqual(pool.get().capacity, 1024);
				assert.isFalse(keeps(pool, 262_144, 0));
				learn(pool, repeat(10, 50_000));
				assert.strictEqual(pool.get().capacity, 65_536);
				assert.isTrue(keeps(pool, 131_072, 0));
			},
		},
		{
			name: "calibrated: a buffer that grew by doubling from the learnt size is kept",
			run() {
				const pool = new Pool(retain.calibrated({ interval: 10 }));
				learn(pool, repeat(10, 1000));
				const buffer = pool.get();
				for (let i = 0; i < 1025; i++) buffer.writeByte(1);
				pool.put(buffer);
				assert.deepEqual([buffer.capacity, pool.stats().local], [2048, 1]);
			},
		},
	],
};
