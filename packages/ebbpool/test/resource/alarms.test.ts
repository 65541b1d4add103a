import { test } from "node:test";
import { assert } from "chai";
import { DIST } from "./simulation/load-pool.ts";

test("an alarm that is overdue, because another one took long, rings after no delay, and not after a negative one", async () => {
	const { Alarms } = await import(new URL("resource/alarms.js", DIST).href);
	let now = 0;
	const delays: number[] = [];
	const callbacks: (() => void)[] = [];
	const environment = {
		now: () => now,
		startTimer(callback: () => void, ms: number) {
			delays.push(ms);
			callbacks.push(callback);
			return { keepAlive() {}, cancel() {} };
		},
	};
	const alarms = new Alarms(environment, true);
	let rang = false;
	const long = () => {
		now += 100;
	};
	alarms.setIn({ ring: long }, 10);
	alarms.setIn({ ring: () => (rang = true) }, 20);
	now = 10;
	callbacks[0]?.();
	assert.deepEqual(delays, [10, 0]);
	callbacks[1]?.();
	assert.isTrue(rang);
});

test("an alarm that throws takes none of the others with it", async () => {
	const { Alarms } = await import(new URL("resource/alarms.js", DIST).href);
	let now = 0;
	const callbacks: (() => void)[] = [];
	const environment = {
		now: () => now,
		startTimer(callback: () => void) {
			callbacks.push(callback);
			return { keepAlive() {}, cancel() {} };
		},
	};
	const alarms = new Alarms(environment, true);
	const rang: string[] = [];
	const fails = () => {
		throw new Error("it was to fail");
	};
	alarms.setIn({ ring: fails }, 10);
	alarms.setIn({ ring: () => rang.push("other") }, 10);
	now = 10;
	assert.throws(() => callbacks[0]?.(), "it was to fail");
	callbacks[1]?.();
	alarms.setIn({ ring: () => rang.push("later") }, 10);
	now = 20;
	callbacks[2]?.();
	assert.deepEqual(rang, ["other", "later"]);
});
