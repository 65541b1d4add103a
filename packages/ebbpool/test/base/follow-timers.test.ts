import { test } from "node:test";
import { assert } from "chai";
import { Pool } from "ebbpool";
import { ResourcePool } from "ebbpool/resource";
import { SharedPool } from "ebbpool/shared";
import { DIST } from "../resource/simulation/load-pool.ts";
import { untilReally } from "../support/fake-timers.ts";

interface Beat {
	readonly ms: number;
	readonly callback: () => void;
	alive: boolean;
	on: boolean;
}

/** What starts timers, and the real intervals that look after them. */
async function followed() {
	const { followTimers } = await import(new URL("base/host/follow-timers.js", DIST).href);
	const beats: Beat[] = [];
	const startTimer = followTimers((callback: () => void, ms: number) => {
		const beat = { ms, callback, alive: true, on: true };
		beats.push(beat);
		return {
			keepAlive(alive: boolean) {
				beat.alive = alive;
			},
			cancel() {
				beat.on = false;
			},
			current: true,
		};
	});
	return { startTimer, beats, last: () => beats.at(-1) as Beat };
}

const nothing = () => {};

test("what looks after timers keeps no process alive, and ends with the last timer", async () => {
	const { startTimer, beats, last } = await followed();
	const timer = startTimer(nothing, 60_000, "a test", nothing);
	const other = startTimer(nothing, 60_000, "a test", nothing);
	last().callback();
	assert.lengthOf(beats, 1);
	assert.isFalse(last().alive);
	timer.cancel();
	last().callback();
	assert.isTrue(last().on);
	other.cancel();
	other.cancel();
	last().callback();
	assert.isFalse(last().on);
	startTimer(nothing, 60_000, "a test", nothing).cancel();
	assert.lengthOf(beats, 2);
	assert.isTrue(last().on);
});

test("each timer that runs while others come into force is renewed, and none that is over", async () => {
	const { startTimer, last } = await followed();
	const renewed: string[] = [];
	const start = (name: string) => startTimer(nothing, 60_000, "a test", () => renewed.push(name));
	const timers = ["first", "second", "third", "fourth"].map(start);
	timers[1].cancel();
	timers[0].cancel();
	const { setTimeout } = globalThis;
	globalThis.setTimeout = Object.assign(() => {}, setTimeout) as never;
	try {
		last().callback();
		assert.sameMembers(renewed, ["third", "fourth"]);
	} finally {
		globalThis.setTimeout = setTimeout;
	}
	renewed.length = 0;
	last().callback();
	assert.isEmpty(renewed);
	for (const timer of timers) timer.cancel();
});

test("a timer that has fired is not renewed", async () => {
	const { startTimer, last } = await followed();
	let renewals = 0;
	await new Promise<void>((resolve) => {
		startTimer(resolve, 1, "a test", () => renewals++);
	});
	const { setTimeout } = globalThis;
	globalThis.setTimeout = (() => {}) as never;
	try {
		last().callback();
	} finally {
		globalThis.setTimeout = setTimeout;
	}
	assert.equal(renewals, 0);
});

for (const [what, mock] of Object.entries({
	"returns nothing": () => undefined,
	"returns null": () => null,
	"calls at once and returns nothing": (callback: () => void): void => callback(),
	"calls at once and returns a number": (callback: () => void): number => {
		callback();
		return 1;
	},
})) {
	test(`pools work where a mock is in the place of setTimeout that ${what}`, async () => {
		const { setTimeout } = globalThis;
		globalThis.setTimeout = mock as never;
		try {
			const pool = new Pool(() => ({}));
			pool.put(pool.get());
			assert.strictEqual(pool.stats().misses, 1);
			const resources = new ResourcePool({ create: async () => ({}), max: 1 });
			const lease = await resources.acquire();
			const next = resources.acquire();
			await lease.release();
			await (await next).release();
			await resources.drain();
			assert.strictEqual(resources.stats().open, 0);
			const shared = SharedPool.create({ slotSize: 8, slots: 1 });
			const block = shared.get();
			const waited = shared.getAsync({ timeout: 60_000 });
			shared.put(block);
			shared.put(await waited);
		} finally {
			globalThis.setTimeout = setTimeout;
		}
	});
}

test("a wait that began while a mock was in the place of setTimeout ends in time once that is gone", async () => {
	const { setTimeout } = globalThis;
	const pool = new ResourcePool({ create: async () => ({}), max: 1, acquireTimeout: 300 });
	const lease = await pool.acquire();
	globalThis.setTimeout = (() => undefined) as never;
	let outcome: unknown;
	pool.acquire().catch((error: unknown) => {
		outcome = error;
	});
	globalThis.setTimeout = setTimeout;
	await untilReally(() => outcome !== undefined);
	assert.propertyVal(outcome, "code", "ERR_POOL_TIMEOUT");
	await lease.release();
	await pool.drain();
});
