import { test } from "node:test";
import { assert } from "chai";
import { DIST } from "../resource/simulation/load-pool.ts";
import { collectNow, majorGC, turns } from "../support/major-gc.ts";

interface MajorClock {
	arm(): number;
	isPast(stamp: number): boolean;
}
interface Source {
	readonly immediate: boolean;
	next(): { readonly sentinel: WeakKey; readonly twin: WeakKey };
}
interface ClockModule {
	readonly MajorClock: new (onTick: (dead: number, counted: boolean) => void, source: Source) => MajorClock;
}

const { MajorClock }: ClockModule = await import(new URL("gc/major-clock.js", DIST).href);

/** A clock whose sentinels are symbols, and what it has told so far. */
function clockWith(immediate: boolean) {
	const told = { planted: 0, ticks: [] as unknown[] };
	const clock = new MajorClock((dead, counted) => void told.ticks.push([dead, counted]), {
		immediate,
		next() {
			told.planted++;
			return { sentinel: Symbol() as unknown as WeakKey, twin: Symbol() as unknown as WeakKey };
		},
	});
	return { clock, told };
}

test("where one sentinel may be made only when the one before has died, the first death is no tick, and each other one is", async () => {
	const { clock, told } = clockWith(false);
	assert.deepEqual([clock.arm(), clock.arm(), told.planted], [1, 1, 1]);
	await majorGC();
	assert.deepEqual(told, { planted: 2, ticks: [] });
	assert.deepEqual([clock.arm(), clock.isPast(1), clock.isPast(2)], [2, true, false]);
	await majorGC();
	assert.deepEqual(told, { planted: 2, ticks: [[2, true]] });
	assert.deepEqual([clock.arm(), clock.arm(), told.planted], [3, 3, 3]);
	await turns();
	collectNow();
	assert.strictEqual(clock.arm(), 4, "before the tick");
	await turns();
	assert.isTrue(clock.isPast(3));
	await majorGC();
	assert.deepEqual(told.ticks, [
		[2, true],
		[3, true],
		[4, true],
	]);
});

test("where any sentinel will do, a collection is noticed before its tick, and what is armed in between is not counted again", async () => {
	const { clock, told } = clockWith(true);
	assert.deepEqual([clock.arm(), clock.arm()], [1, 2]);
	await turns();
	collectNow();
	assert.strictEqual(clock.arm(), 3);
	assert.deepEqual([clock.isPast(2), clock.isPast(3)], [true, false]);
	await turns();
	assert.deepEqual(told.ticks, [[2, true]]);
	await majorGC();
	assert.strictEqual(clock.arm(), 4);
	await majorGC();
	assert.deepEqual(told.ticks, [
		[2, true],
		[3, false],
		[4, true],
	]);
});
