import { borrowingScenario } from "./borrowing-scenario.ts";

const operation = "acquire and release, uncontended";

/** One borrower, each pool as its users get it. */
export const acquire = borrowingScenario({
	operation,
	mode: "defaults",
	variants: ["ours", "floor", "generic-pool", "tarn", "lightning-pool", "pg-pool"],
	borrowers: 1,
});

/** One borrower, with every limit in time off. tarn's cannot be switched off. */
export const acquireOff = borrowingScenario({
	operation,
	mode: "off",
	variants: ["ours", "floor", "generic-pool", "lightning-pool", "pg-pool"],
	borrowers: 1,
});

/** One borrower, with the same limits in time in each, and no others where they can be switched off. */
export const acquireLimits = borrowingScenario({
	operation: "acquire and release, with limits on waiting and idling",
	mode: "limits",
	variants: ["ours", "generic-pool", "tarn", "lightning-pool", "pg-pool"],
	borrowers: 1,
});

/** One borrower, a hook on the way out and one on the way in, both asynchronous, where a pool has them. */
export const acquireHooks = borrowingScenario({
	operation: "acquire and release, with asynchronous validate and reset",
	mode: "hooks",
	variants: ["ours", "generic-pool", "lightning-pool"],
	borrowers: 1,
	awaitsRelease: true,
});
