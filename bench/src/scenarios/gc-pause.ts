import { setImmediate } from "node:timers/promises";
import { quantile } from "simple-statistics";
import { Item } from "../items.ts";
import { elapsed } from "../measure/elapsed.ts";
import { fullCollection } from "../measure/full-collection.ts";
import { loadPeer, PEERS } from "../peers/index.ts";
import type { Peer } from "../peers/peer.ts";
import type { Scenario } from "./scenario.ts";

const POOLED = 100_000;

/** How long a full collection stops the program while a pool holds 100,000 items: Go's `BenchmarkPoolSTW`. */
export const gcPause: Scenario = {
	operation: "full collection with 100,000 items pooled",
	variants: PEERS,
	baselines: ["new", "ours"],
	figures: ["p99"],

	async measure(variant, { repetitions }) {
		const peer = await loadPeer(variant);
		await pauseWithFullPool(peer);
		const pauses: number[] = [];
		for (let i = 0; i < repetitions; i++) pauses.push(await pauseWithFullPool(peer));
		return { time: quantile(pauses, 0.5), p99: quantile(pauses, 0.99) };
	},
};

async function pauseWithFullPool(peer: Peer): Promise<number> {
	const pool = peer.create(Item);
	for (let i = 0; i < POOLED; i++) pool.put(new Item());
	const pause = elapsed(fullCollection);
	pool.put(pool.get());
	await dropGarbage();
	return pause;
}

/** Two collections with a turn after each: whatever a pool keeps for a generation is gone. */
async function dropGarbage(): Promise<void> {
	for (let i = 0; i < 2; i++) {
		await setImmediate();
		fullCollection();
	}
}
