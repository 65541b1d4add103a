import { timeAsync } from "../measure/time-async.ts";
import { loadResourcePeer, type ResourcePeerName } from "../resource-peers/index.ts";
import { workOf } from "./borrowing-scenario.ts";
import type { Scenario } from "./scenario.ts";

/** What each stand-in stands in for, as both come, one borrower at a time. */
export const standIns: Scenario = {
	operation: "acquire and release through a stand-in and what it stands in for",
	variants: ["pg-pool", "@ebbpool/pg-pool", "tarn", "@ebbpool/tarn", "generic-pool", "@ebbpool/generic-pool"],
	baselines: ["pg-pool", "tarn", "generic-pool"],
	figures: ["heapBytes", "minor", "major"],
	async measure(variant, budget) {
		const peer = await loadResourcePeer(variant as ResourcePeerName);
		const pool = peer.create(10, "defaults");
		const sample = await timeAsync(workOf(pool, 1, false), budget);
		await pool.end();
		return sample;
	},
};
