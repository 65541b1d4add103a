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
