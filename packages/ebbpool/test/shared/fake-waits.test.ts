import { test } from "node:test";
import { assert } from "chai";
import { type PoolError, SharedPool } from "ebbpool/shared";
import { installFakeTimers, pause, untilReally } from "../support/fake-timers.ts";

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
	const clock = installFakeTimers();
	try {
		const last = wait();
		clock.tick(TIMEOUT + 1);
		await last;
		await untilReally(() => outcomes.length >= 2);
		assert.deepEqual(outcomes, ["ERR_POOL_TIMEOUT", "ERR_POOL_TIMEOUT"]);
	} finally {
		clock.uninstall();
	}
});

test("fake timers installed while somebody waits for a slot take over that wait soon, without a call", async () => {
	const { outcomes } = await somebodyWaits();
	const clock = installFakeTimers();
	try {
		await untilReally(() => clock.countTimers() > 0);
		clock.tick(TIMEOUT + 1);
		await untilReally(() => outcomes.length >= 1);
		assert.deepEqual(outcomes, ["ERR_POOL_TIMEOUT"]);
	} finally {
		clock.uninstall();
	}
});

test("what fake timers let pass at once, before anybody could notice them, ends a wait that began before", async () => {
	const { outcomes } = await somebodyWaits();
	const clock = installFakeTimers();
	try {
		clock.tick(TIMEOUT + 1);
		await untilReally(() => outcomes.length >= 1);
		assert.deepEqual(outcomes, ["ERR_POOL_TIMEOUT"]);
	} finally {
		clock.uninstall();
	}
});

test("a wait that fake timers took over has left what was left of it", async () => {
	const { outcomes, wait } = await somebodyWaits();
	const clock = installFakeTimers();
	try {
		clock.tick(TIMEOUT / 2);
		void wait();
		clock.tick(TIMEOUT / 2 + 1);
		await untilReally(() => outcomes.length >= 1);
		await pause(1);
		assert.lengthOf(outcomes, 1);
		clock.tick(TIMEOUT / 2);
		await untilReally(() => outcomes.length >= 2);
	} finally {
		clock.uninstall();
	}
});

test("waits that fake timers took over are real again when the fakes are gone", async () => {
	const pool = SharedPool.create({ slots: 1, slotSize: 8 });
	await pool.ready;
	pool.get();
	const clock = installFakeTimers();
	const ended = pool.getAsync({ timeout: 20 }).catch(({ code }: PoolError) => code);
	clock.uninstall();
	assert.strictEqual(await ended, "ERR_POOL_TIMEOUT");
});
