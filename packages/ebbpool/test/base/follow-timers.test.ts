import { test } from "node:test";
import { assert } from "chai";
import { DIST } from "../resource/simulation/load-pool.ts";

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
