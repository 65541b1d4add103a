import { test } from "node:test";
import { assert } from "chai";
import { DIST } from "../resource/simulation/load-pool.ts";

/** A host whose time stands still until it is set, and whose timers fire when the test says so. */
function host() {
	const delays: number[] = [];
	const callbacks: (() => void)[] = [];
	const turns: (() => void)[] = [];
	const time = { now: 0 };
	return {
		time,
		delays,
		callbacks,
		turns,
		now: () => time.now,
		startTimer(callback: () => void, ms: number) {
			delays.push(ms);
			callbacks.push(callback);
			return { keepAlive() {}, cancel() {}, current: true };
		},
		afterInput: (callback: () => void) => void turns.push(callback),
	};
}

async function deadlinesOn(fake: ReturnType<typeof host>) {
	const { Deadlines } = await import(new URL("base/deadlines.js", DIST).href);
	return new Deadlines(fake, true);
}

test("a deadline that is overdue, because another one took long, fires after no delay, and not after a negative one", async () => {
	const fake = host();
	const deadlines = await deadlinesOn(fake);
	let fired = false;
	const long = () => {
		fake.time.now += 100;
	};
	deadlines.setIn({ fire: long }, 10);
	deadlines.setIn({ fire: () => (fired = true) }, 20);
	fake.time.now = 10;
	fake.callbacks[0]?.();
	assert.deepEqual(fake.delays, [10, 10]);
	fake.callbacks[1]?.();
	for (const turn of fake.turns) turn();
	assert.isTrue(fired);
});

test("a timer that fired is believed where the clock stands still, and the next one comes when it should", async () => {
	const fake = host();
	const deadlines = await deadlinesOn(fake);
	const fired: string[] = [];
	deadlines.setIn({ fire: () => fired.push("first") }, 1_000);
	deadlines.setIn({ fire: () => fired.push("second") }, 1_500);
	fake.callbacks[0]?.();
	assert.deepEqual(fired, ["first"]);
	assert.deepEqual(fake.delays, [1_000, 500]);
	fake.callbacks[1]?.();
	assert.deepEqual(fired, ["first", "second"]);
});

test("a timer that fires late lets the event loop turn once before it judges", async () => {
	const fake = host();
	const deadlines = await deadlinesOn(fake);
	let fired = false;
	deadlines.setIn({ fire: () => (fired = true) }, 10);
	fake.time.now = 500;
	fake.callbacks[0]?.();
	assert.isFalse(fired);
	for (const turn of fake.turns) turn();
	assert.isTrue(fired);
});
