import { test } from "node:test";
import { assert } from "chai";
import { fixtureReport } from "../support/run-fixture.ts";

interface Waits {
	readonly calls: number;
	readonly withTimeout: number;
	readonly mostPending: number;
	readonly misses: number;
}

for (const magazine of [0, 4]) {
	test(`misses cost nothing that lasts: one wait at a time and none with a timeout, with a magazine of ${magazine}`, async () => {
		const waits = await fixtureReport<Waits>("misses", [String(magazine)]);
		assert.strictEqual(waits.misses, 3000);
		assert.strictEqual(waits.withTimeout, 0, "engines keep a timeout until its time has come");
		// One for flush requests, one for those who wait for a slot.
		assert.isAtMost(waits.mostPending, 2);
		assert.isBelow(waits.calls, 30, "a thread with nothing cached is not woken by its own misses");
	});
}
