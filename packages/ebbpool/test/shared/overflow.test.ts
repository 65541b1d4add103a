import { describe, test } from "node:test";
import { Worker } from "node:worker_threads";
import { assert } from "chai";
import { PoolError, type SharedBlock, SharedPool } from "ebbpool/shared";
import { nearOverflow } from "../support/near-overflow.ts";

const SLOTS = 64;
const ROUNDS = 40;
const WARM_UPS = 300;

/** What one user has of a pool. Whatever an attempt came to is noted down without a call, which might not fit. */
class Stock {
	readonly pool: SharedPool;
	readonly blocks: SharedBlock[] = new Array(SLOTS + 1);
	held = 0;
	readonly messages: number[] = new Array(SLOTS + 1).fill(0);
	sent = 0;
	done = 0;
	overflows = 0;

	constructor(pool: SharedPool) {
		this.pool = pool;
	}

	readonly attempts: Readonly<Record<string, () => void>> = {
		get: () => {
			this.blocks[this.held] = this.pool.get();
			this.held++;
		},
		put: () => {
			this.pool.put(this.blocks[this.held - 1] as SharedBlock);
			this.held--;
		},
		give: () => {
			this.messages[this.sent] = this.pool.give(this.blocks[this.held - 1] as SharedBlock);
			this.sent++;
			this.held--;
		},
		adopt: () => {
			this.blocks[this.held] = this.pool.adopt(this.messages[this.sent - 1] as number);
			this.held++;
			this.sent--;
		},
		use: () => {
			this.pool.use(touch);
		},
	};

	try(attempt: () => void): void {
		try {
			attempt();
			this.done++;
		} catch (error) {
			if (error instanceof RangeError) this.overflows++;
			else if (!(error instanceof PoolError) || error.code !== "ERR_POOL_EXHAUSTED") throw error;
		}
	}

	/** Holds and has sent as many as an attempt may want to be rid of, and no more than leave some free. */
	even(): void {
		const { get, put, give, adopt } = this.attempts as Record<string, () => void>;
		while (this.sent > SLOTS / 4) adopt?.();
		while (this.sent < SLOTS / 4) {
			if (this.held === 0) get?.();
			give?.();
		}
		while (this.held < SLOTS / 4) get?.();
		while (this.held > SLOTS / 4) put?.();
	}

	empty(): void {
		while (this.sent > 0) this.attempts["adopt"]?.();
		while (this.held > 0) this.attempts["put"]?.();
	}
}

function touch(block: SharedBlock): number {
	return block.bytes.length;
}

describe("a stack that overflows anywhere loses no slot, and hands none out twice", () => {
	for (const magazine of [0, 1, 4]) {
		for (const zero of ["put", false] as const) {
			test(`with a magazine of ${magazine} and zero: ${zero}`, async (t) => {
				const pool = SharedPool.create({ slotSize: 64, slots: SLOTS, magazine, zero });
				const stock = new Stock(pool);
				const attempts = Object.values(stock.attempts);
				for (let i = 0; i < WARM_UPS; i++) {
					stock.even();
					for (const attempt of attempts) stock.try(attempt);
				}
				stock.try(() => {
					throw new RangeError("as if the stack were at its end");
				});
				for (let round = 0; round < ROUNDS; round++) {
					for (const attempt of attempts) {
						stock.even();
						const judged = () => stock.try(attempt);
						judged();
						nearOverflow(judged, round);
					}
				}
				t.diagnostic(`${stock.overflows} overflows, ${stock.done} done`);
				assert.isAbove(stock.overflows, 100);
				stock.empty();
				const places = new Set<number>();
				for (let block = pool.tryGet(); block !== undefined; block = pool.tryGet()) {
					places.add(block.bytes.byteOffset);
				}
				assert.strictEqual(places.size, SLOTS);
				assert.strictEqual(pool.stats().held, SLOTS);
			});
		}
	}
});

test("a stack that overflows while a block is given to a worker leaves it given, with its message known, or held", async (t) => {
	const pool = SharedPool.create({ slotSize: 64, slots: SLOTS });
	const worker = pool.track(new Worker("setInterval(() => {}, 1e6)", { eval: true }));
	t.after(() => worker.terminate());
	let block: SharedBlock | undefined = pool.get();
	let message = 0;
	let overflows = 0;
	let failure: unknown;
	const giveOrRevoke = () => {
		if (message === 0) message = pool.give(block as SharedBlock, worker);
		else {
			block = pool.revoke(message);
			message = 0;
		}
	};
	const attempt = () => {
		try {
			giveOrRevoke();
		} catch (error) {
			if (error instanceof RangeError) overflows++;
			else failure = error;
		}
	};
	for (let i = 0; i < WARM_UPS; i++) attempt();
	for (let round = 0; round < ROUNDS; round++) nearOverflow(attempt, round);
	if (message !== 0) block = pool.revoke(message);
	assert.isUndefined(failure);
	assert.isAbove(overflows, 100);
	assert.isDefined(block);
	pool.put(block as SharedBlock);
	const { held, kept } = pool.stats();
	assert.strictEqual(held, kept);
});
