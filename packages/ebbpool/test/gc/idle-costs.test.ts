import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { fixtureReport } from "../support/run-fixture.ts";

interface Costs {
	readonly timers: number;
	readonly keepAlive: boolean;
	readonly registrations: number;
}

interface Report {
	readonly costs: Record<string, Costs>;
	readonly whileListening: number;
	readonly afterwards: number;
}

describe("what the clock costs", () => {
	let report: Report;
	const at = (moment: string): Costs => report.costs[moment] ?? assert.fail(`nothing noted at ${moment}`);

	before(async () => {
		report = await fixtureReport<Report>("idle-costs");
	});

	test("importing the package and making pools starts no timer and registers no sentinel", () => {
		for (const moment of ["imported", "made"])
			assert.deepEqual(at(moment), { timers: 0, keepAlive: false, registrations: 0 });
	});

	test("one timer, and one that looks whether it is still in force, run for all pools that hold something, and keep nothing alive", () => {
		for (const moment of ["filled", "all filled"]) {
			assert.equal(at(moment).timers, 2, moment);
			assert.equal(at(moment).keepAlive, false, moment);
			assert.ok(at(moment).registrations > 0, moment);
		}
	});

	test("no timer runs once the pools are empty", () => {
		for (const moment of ["emptied", "collected", "collected again", "cleared", "stopped"])
			assert.equal(at(moment).timers, 0, moment);
	});

	test("a listener alone needs a sentinel and no timer", () => {
		assert.equal(at("listening").timers, 0);
		assert.ok(report.whileListening > 0);
	});

	test("nothing is registered any more where nothing is held and nobody listens, however many collections run", () => {
		assert.equal(at("collected again").registrations, at("collected").registrations);
		assert.equal(report.afterwards, 0);
	});
});
