import { timeAsync } from "../measure/time-async.ts";
import { loadResourcePeer, type ResourcePeerName } from "../resource-peers/index.ts";
import { workOf } from "./borrowing-scenario.ts";
import type { Scenario } from "./scenario.ts";

const RESOURCES = 10;

/** What each stand-in stands in for, as both come. */
const betweenStandIns = (operation: string, borrowers: number): Scenario => ({
	operation,
	variants: ["pg-pool", "@ebbpool/pg-pool", "tarn", "@ebbpool/tarn", "generic-pool", "@ebbpool/generic-pool"],
	baselines: ["pg-pool", "tarn", "generic-pool"],
	figures: ["heapBytes", "minor", "major"],
	async measure(variant, budget) {
		const peer = await loadResourcePeer(variant as ResourcePeerName);
		const pool = peer.create(RESOURCES, "defaults");
		const sample = await timeAsync(workOf(pool, borrowers, false), budget);
		await pool.end();
		return sample;
	},
});

/** One borrower at a time. */
export const standIns = betweenStandIns(
	"acquire and release through a stand-in and what it stands in for",
	1,
);

/** A thousand borrowers share ten resources. */
export const standInsWaiters = betweenStandIns(
	"acquire and release through a stand-in and what it stands in for, 1,000 waiting for 10",
	1_000,
);
