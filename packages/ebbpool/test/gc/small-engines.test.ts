import { describe, test } from "node:test";
import { assert } from "chai";
import { fixtureReport } from "../support/run-fixture.ts";

const CASES: Readonly<Record<string, readonly string[]>> = {
	FinalizationRegistry: ["FinalizationRegistry"],
	WeakRef: ["WeakRef"],
	"weak references": ["WeakRef", "FinalizationRegistry"],
	"a collector, as it counts references": ["counts references"],
	timers: ["timers"],
	"timers and weak references": ["timers", "WeakRef", "FinalizationRegistry"],
	clearTimeout: ["clearTimeout"],
	performance: ["performance"],
	AbortController: ["AbortController"],
	queueMicrotask: ["queueMicrotask"],
	"Symbol.dispose": ["dispose"],
	"structuredClone and TextEncoder": ["structuredClone", "TextEncoder", "TextDecoder"],
};

/** Who lacks timers has no time limits either. */
const TIMERS = new Map([
	["timers", "setTimeout"],
	["timers and weak references", "setTimeout"],
	["clearTimeout", "clearTimeout"],
]);

describe("on an engine without", () => {
	for (const [what, missing] of Object.entries(CASES)) {
		test(`${what}: the package loads, the pool keeps what was put, and lets go of it in time`, async () => {
			const report = await fixtureReport<Record<string, unknown>>("small-engine", [...missing]);
			assert.deepEqual(report, {
				same: true,
				held: 1,
				// Time alone ages there, and not much of it has passed.
				together: 2,
				evicted: 1,
				evictedByGets: 1,
				ticks: 0,
				acquired: TIMERS.has(what)
					? `ResourcePool: time limit: expected an engine with ${TIMERS.get(what)}, got one without`
					: "a resource",
				disposable: true,
				nameless: false,
			});
		});
	}
});
