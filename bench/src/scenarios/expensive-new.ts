import { setImmediate } from "node:timers/promises";
import { quantile } from "simple-statistics";
import { SineTable } from "../items.ts";
import type { Budget } from "../measure/budget.ts";
import { watchHeap } from "../measure/heap-use.ts";
import { loadPeer, PEERS } from "../peers/index.ts";
import type { ItemPool } from "../peers/peer.ts";
import type { Scenario } from "./scenario.ts";

const MOST_OUT = 64;
const WASTE_BYTES = 64 << 10;
/** Waste is kept until it is old, so that it takes major collections to free it. */
const WASTE_KEPT = 512;
/** So long does a level of the tide last that a tide sees several major collections. */
const ROUNDS_PER_LEVEL = 4;

/**
 * Items that are slow to make, under collections that never stop: each operation takes an item and wastes 64 KiB, and
 * the number of items out swings between 1 and 64 like a tide, so that most are not needed for a while. Shows what
 * giving back costs: how many items must be made again. After Go's `BenchmarkPoolExpensiveNew`.
 */
export const expensiveNew: Scenario = {
	operation: "get of an expensive item, 64 KiB wasted, and put",
	variants: PEERS,
	baselines: ["floor", "ours"],
	figures: ["p99", "made", "minor", "major"],

	async measure(variant, budget) {
		const pool = (await loadPeer(variant)).create(SineTable);
		const latencies: number[] = [];
		await tide(pool, latencies);
		latencies.length = 0;
		const madeBefore = SineTable.made;
		const start = performance.now();
		const use = await watchHeap(() => tides(pool, latencies, budget), { sweepAtOnce: false });
		const time = ((performance.now() - start) * 1e6) / latencies.length;
		return {
			time,
			p99: quantile(latencies, 0.99),
			made: ((SineTable.made - madeBefore) / latencies.length) * 1000,
			...use,
		};
	},
};

/** Whole tides for as long as the budget lasts; returns the number of operations. */
async function tides(
	pool: ItemPool<SineTable>,
	latencies: number[],
	{ repetitions, milliseconds }: Budget,
): Promise<number> {
	const end = performance.now() + repetitions * milliseconds;
	while (performance.now() < end) await tide(pool, latencies);
	return latencies.length;
}

/** From 1 item out to the most and back, one round a turn of the event loop; adds each operation's nanoseconds. */
async function tide(pool: ItemPool<SineTable>, latencies: number[]): Promise<void> {
	const held: SineTable[] = [];
	const kept: Uint8Array[] = [];
	const rounds = 2 * MOST_OUT * ROUNDS_PER_LEVEL;
	for (let round = 0; round < rounds; round++) {
		const out = Math.ceil(Math.min(round + 1, rounds - round) / ROUNDS_PER_LEVEL);
		for (let i = 0; i < out; i++) {
			const start = performance.now();
			const item = pool.get();
			const waste = new Uint8Array(WASTE_BYTES);
			waste[i] = item.sines[i] as number;
			kept[latencies.length % WASTE_KEPT] = waste;
			held.push(item);
			latencies.push((performance.now() - start) * 1e6);
		}
		for (const item of held) pool.put(item);
		held.length = 0;
		await setImmediate();
	}
}
