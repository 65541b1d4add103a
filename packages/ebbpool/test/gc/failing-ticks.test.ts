import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fixtureReport } from "../support/run-fixture.ts";

interface Report {
	readonly uncaught: string[];
	readonly disposed: string[];
	readonly sound: number;
	readonly calls: string[];
	readonly left: number[];
}

const ITEMS = ["a0", "a1", "a2", "c0", "c1", "c2"];

/** The error of each failing item; those with the index 1 return a promise instead of throwing. */
function expectEveryError(uncaught: readonly string[]): void {
	const thrown = ITEMS.filter((item) => !item.endsWith("1"));
	for (const item of thrown) assert.equal(uncaught.filter((message) => message === item).length, 1, item);
	assert.equal(uncaught.filter((message) => /promise|thenable|synchronous/.test(message)).length, 2);
	assert.ok(!uncaught.includes("asynchronous"), "the rejection of a hook's promise is handled");
}

describe("errors where no caller is there to receive them", () => {
	test("dispose hooks that throw in a tick: each error is uncaught, and every item and pool is served", async () => {
		const { uncaught, disposed, sound, left } = await fixtureReport<Report>("failing-ticks");
		assert.deepEqual(disposed.toSorted(), ITEMS);
		assert.equal(sound, 3);
		assert.deepEqual(left, [0, 0, 0, 0]);
		expectEveryError(uncaught);
	});

	test("a listener that throws is uncaught, and stops neither the others nor the next tick", async () => {
		const { uncaught, calls } = await fixtureReport<Report>("failing-ticks");
		assert.deepEqual(calls, ["first", "second", "first", "second"]);
		assert.equal(uncaught.filter((message) => message === "listener").length, 2);
	});

	test("dispose hooks that throw in the idle timer: each error is uncaught, and every item and pool is served", async () => {
		const { uncaught, disposed, sound, left } = await fixtureReport<Report>("failing-ticks", ["timer"]);
		assert.deepEqual(disposed.toSorted(), ITEMS);
		assert.equal(sound, 3);
		assert.deepEqual(left, [0, 0, 0, 0]);
		expectEveryError(uncaught);
	});
});
