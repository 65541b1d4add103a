import { afterEach, beforeEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { assert } from "chai";
import { ResourcePool, type ResourcePoolOptions, type ResourcePoolStats } from "ebbpool/resource";
import { never } from "../contract/support/things.ts";
import { installFakeTimers, turn } from "../support/fake-timers.ts";

interface Limit {
	readonly option: keyof ResourcePoolOptions<object>;
	readonly ms: number;
	readonly hooks?: Partial<ResourcePoolOptions<object>>;
	/** Has the time begin that the limit is for. */
	begin(pool: ResourcePool<object>): Promise<unknown>;
	/** 0 until the limit is reached. */
	reached(stats: ResourcePoolStats): number;
}

const lend = async (pool: ResourcePool<object>) => (await pool.acquire()).release();

const LIMITS: readonly Limit[] = [
	{
		option: "acquireTimeout",
		ms: 30_000,
		begin: async (pool) => {
			await pool.acquire();
			pool.acquire().catch(() => {});
		},
		reached: ({ rejected }) => rejected.timeout,
	},
	{
		option: "createTimeout",
		ms: 10_000,
		hooks: { create: never },
		begin: async (pool) => void pool.acquire().catch(() => {}),
		reached: ({ openFailed }) => openFailed,
	},
	{
		option: "validateTimeout",
		ms: 5_000,
		hooks: { validate: never },
		begin: async (pool) => {
			await lend(pool);
			pool.acquire().catch(() => {});
		},
		reached: ({ closed }) => closed.invalid,
	},
	{
		option: "resetTimeout",
		ms: 5_000,
		hooks: { reset: never },
		begin: async (pool) => void (await pool.acquire()).release(),
		reached: ({ closed }) => closed.reset,
	},
	{
		option: "destroyTimeout",
		ms: 5_000,
		hooks: { destroy: never },
		begin: async (pool) => void (await pool.acquire()).discard(),
		reached: ({ closed }) => closed.discarded,
	},
	{
		option: "drainTimeout",
		ms: 30_000,
		begin: async (pool) => {
			await pool.acquire();
			pool.drain().catch(() => {});
		},
		reached: ({ closed }) => closed.drained,
	},
];

describe("unless told otherwise", () => {
	let clock: ReturnType<typeof installFakeTimers>;
	beforeEach(() => {
		clock = installFakeTimers();
	});
	afterEach(() => clock.uninstall());

	for (const { option, ms, hooks, begin, reached } of LIMITS) {
		test(`${option} is ${ms} ms`, async () => {
			const pool = new ResourcePool<object>({ create: () => ({}), max: 1, ...hooks });
			await begin(pool);
			await turn();
			clock.tick(ms - 1);
			await turn();
			assert.strictEqual(reached(pool.stats()), 0);
			clock.tick(1);
			await turn();
			assert.strictEqual(reached(pool.stats()), 1);
		});
	}
});

test("what is idle for a short time takes few timers, not one each millisecond until its time has come", async (t) => {
	const set = t.mock.method(globalThis, "setTimeout");
	const pool = new ResourcePool<object>({ create: () => ({}), max: 1, idleTimeout: 200 });
	await lend(pool);
	await sleep(100);
	await lend(pool);
	while (pool.stats().idle > 0) await sleep(10);
	assert.isBelow(set.mock.callCount(), 20);
});
