import { assert } from "chai";
import { type BytesPoolOptions, type SharedBlock, SharedPool } from "ebbpool/shared";

/** A pool that is ready. */
export async function create(options: Partial<BytesPoolOptions> = {}): Promise<SharedPool> {
	const pool = SharedPool.create({ slotSize: 100, slots: 4, ...options });
	await pool.ready;
	return pool;
}

export function takeAll(pool: SharedPool): SharedBlock[] {
	const blocks: SharedBlock[] = [];
	for (let block = pool.tryGet(); block !== undefined; block = pool.tryGet()) blocks.push(block);
	return blocks;
}

export function expectStats(pool: SharedPool): void {
	const { slots, free, held, byThread, kept, out, maxSlots } = pool.stats();
	assert.strictEqual(slots, free + held);
	assert.strictEqual(
		held,
		Object.values(byThread).reduce((sum, count) => sum + count, 0),
	);
	assert.isAtMost(kept + out, held);
	assert.isAtMost(slots, maxSlots);
}

/** Resolves after so many milliseconds, or more. */
export const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
