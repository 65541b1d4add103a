import { setTimeout } from "node:timers/promises";
import { Pool, poolCleanup } from "ebbpool";
import { median } from "simple-statistics";
import { Item } from "../items.ts";
import { elapsed } from "../measure/elapsed.ts";
import { fullCollection } from "../measure/full-collection.ts";
import type { Scenario } from "./scenario.ts";

const IN_USE = 10;
/** Enough for the heap to reach its size: while V8 marks, on the way there, stores cost more and an aging takes twice as long. */
const CLEANUPS_PER_WARM_UP = 50;
const CLEANUPS_PER_REPETITION = 200;

const POOLS: Readonly<Record<string, number>> = { "10-pools": IN_USE, "10000-pools": 10_000 };

/** What an aging costs when ten pools are in use: alone, or among 9,990 that were used once. */
export const manyPools: Scenario = {
	operation: "aging of all pools, 10 of them in use",
	variants: Object.keys(POOLS),
	baselines: ["10-pools"],
	figures: [],

	async measure(variant, { warmUps, repetitions }) {
		const pools = Array.from({ length: POOLS[variant] as number }, () => new Pool(() => new Item()));
		use(pools);
		await forget();
		const inUse = pools.slice(0, IN_USE);
		const cleanups = (count: number) => Array.from({ length: count }, () => cleanupAfterUse(inUse));
		cleanups(warmUps * CLEANUPS_PER_WARM_UP);
		const medians = Array.from({ length: repetitions }, () => median(cleanups(CLEANUPS_PER_REPETITION)));
		return { time: median(medians) };
	},
};

/** Collections with a turn of the event loop after each, until no pool holds anything and the clock is at rest. */
async function forget(): Promise<void> {
	for (let i = 0; i < 4; i++) {
		fullCollection();
		await setTimeout(1);
	}
}

function use(pools: readonly Pool<Item>[]): void {
	for (const pool of pools) pool.put(pool.get());
}

function cleanupAfterUse(inUse: readonly Pool<Item>[]): number {
	use(inUse);
	return elapsed(poolCleanup);
}
