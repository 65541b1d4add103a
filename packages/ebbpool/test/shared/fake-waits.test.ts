import { createRequire } from "node:module";
import { test } from "node:test";
import FakeTimers from "@sinonjs/fake-timers";
import { assert } from "chai";
import { type PoolError, SharedPool } from "ebbpool/shared";

/** The real one, whatever is faked. */
const { setTimeout } = createRequire(import.meta.url)("node:timers") as typeof import("node:timers");
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const TIMEOUT = 600_000;

/** A pool without a free slot, and how somebody's wait for one ended, if it did. */
async function somebodyWaits() {
	const pool = SharedPool.create({ slots: 1, slotSize: 8 });
	await pool.ready;
	pool.get();
	const outcomes: string[] = [];
	const wait = () => pool.getAsync({ timeout: TIMEOUT }).catch(({ code }: PoolError) => outcomes.push(code));
	void wait();
	return { pool, outcomes, wait };
}

test("fake timers installed while somebody waits for a slot take over all waits when the next one begins", async () => {
	const { outcomes, wait } = await somebodyWaits();
	const clock = FakeTimers.install();
	try {
		const last = wait();
		clock.tick(TIMEOUT + 1);
		await last;
		while (outcomes.length < 2) await pause(1);
		assert.deepEqual(outcomes, ["ERR_POOL_TIMEOUT", "ERR_POOL_TIMEOUT"]);
	} finally {
		clock.uninstall();
	}
});

test("fake timers installed while somebody waits for a slot take over that wait soon, without a call", async () => {
	const { outcomes } = await somebodyWaits();
	const clock = FakeTimers.install();
	try {
		while (clock.countTimers() === 0) await pause(10);
		clock.tick(TIMEOUT + 1);
		while (outcomes.length < 1) await pause(1);
		assert.deepEqual(outcomes, ["ERR_POOL_TIMEOUT"]);
	} finally {
		clock.uninstall();
	}
});

test("waits that fake timers took over are real again when the fakes are gone", async () => {
	const pool = SharedPool.create({ slots: 1, slotSize: 8 });
	await pool.ready;
	pool.get();
	const clock = FakeTimers.install();
	const ended = pool.getAsync({ timeout: 20 }).catch(({ code }: PoolError) => code);
	clock.uninstall();
	assert.strictEqual(await ended, "ERR_POOL_TIMEOUT");
});
