import { Pool, poolCleanup } from "ebbpool";
import { median } from "simple-statistics";
import { Item } from "../items.ts";
import { elapsed } from "../measure/elapsed.ts";
import type { Scenario } from "./scenario.ts";

const IN_USE = 10;
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
		const inUse = pools.slice(0, IN_USE);
		for (let i = 0; i < warmUps * CLEANUPS_PER_REPETITION; i++) cleanupAfterUse(inUse);
		const times = Array.from({ length: repetitions }, () => {
			let time = 0;
			for (let i = 0; i < CLEANUPS_PER_REPETITION; i++) time += cleanupAfterUse(inUse);
			return time / CLEANUPS_PER_REPETITION;
		});
		return { time: median(times) };
	},
};

function use(pools: readonly Pool<Item>[]): void {
	for (const pool of pools) pool.put(pool.get());
}

function cleanupAfterUse(inUse: readonly Pool<Item>[]): number {
	use(inUse);
	return elapsed(poolCleanup);
}
