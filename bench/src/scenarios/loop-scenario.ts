import { Item } from "../items.ts";
import type { Loop } from "../measure/loop.ts";
import { timeLoop } from "../measure/time-loop.ts";
import { loadPeer, PEERS } from "../peers/index.ts";
import type { ItemPool, Peer } from "../peers/peer.ts";
import type { Scenario } from "./scenario.ts";

/** One loop for each way of getting at items, so that none pays for another's abstraction. */
export interface Loops {
	readonly operation: string;
	readonly operationsPerRound: number;
	/** Full collections before anything is timed; 0 unless given. */
	readonly collections?: number;
	pool(pool: ItemPool<Item>): Loop;
	inline(items: Item[]): Loop;
	fresh(): Loop;
}

/** A scenario of nanoseconds: a synchronous loop around the pool. */
export function loopScenario(loops: Loops): Scenario {
	return {
		operation: loops.operation,
		variants: PEERS,
		baselines: ["floor", "ours"],
		figures: ["heapBytes", "minor", "major"],
		async measure(variant, budget) {
			const loop = chooseLoop(loops, await loadPeer(variant));
			return timeLoop(loop, loops.operationsPerRound, budget, loops.collections);
		},
	};
}

function chooseLoop(loops: Loops, peer: Peer): Loop {
	switch (peer.access) {
		case "pool":
			return loops.pool(peer.create(Item));
		case "inline":
			return loops.inline([]);
		case "fresh":
			return loops.fresh();
	}
}
