import { timeAsync } from "../measure/time-async.ts";
import { loadResourcePeer, type ResourcePeerName } from "../resource-peers/index.ts";
import { borrowingScenario, workOf } from "./borrowing-scenario.ts";
import type { Scenario } from "./scenario.ts";

/** A thousand borrowers share ten resources. */
export const waiters = borrowingScenario({
	operation: "acquire and release, 1,000 waiting for 10",
	mode: "defaults",
	variants: ["ours", "floor", "generic-pool", "tarn", "lightning-pool", "pg-pool"],
	borrowers: 1_000,
});

const CROWDS: Readonly<Record<string, readonly [ResourcePeerName, number]>> = {
	"ours-1000": ["ours", 1_000],
	"ours-10000": ["ours", 10_000],
	"ours-100000": ["ours", 100_000],
	"floor-1000": ["floor", 1_000],
	"floor-10000": ["floor", 10_000],
	"floor-100000": ["floor", 100_000],
};

/**
 * What a waiter costs among many. The floor shows how much of the growth is the engine's: a promise and a suspended
 * function for each, which fit into the caches at first and not at last.
 */
export const crowd: Scenario = {
	operation: "acquire and release, so many waiting for 10",
	variants: Object.keys(CROWDS),
	baselines: ["ours-1000", "floor-1000"],
	floors: { "ours-1000": "floor-1000", "ours-10000": "floor-10000", "ours-100000": "floor-100000" },
	figures: ["heapBytes", "minor", "major"],

	async measure(variant, budget) {
		const [name, borrowers] = CROWDS[variant] as (typeof CROWDS)[string];
		const peer = await loadResourcePeer(name);
		const pool = peer.create(10, "defaults");
		const work = workOf(pool, borrowers, false);
		// Each borrower borrows several times, so that joining a full queue is what is timed.
		const sample = await timeAsync((operations) => work(Math.max(operations, 4 * borrowers)), budget);
		await pool.end();
		return sample;
	},
};
