import { Pool, poolCleanup } from "ebbpool";
import { median } from "simple-statistics";
import { type Item, makeItems } from "../items.ts";
import { elapsed } from "../measure/elapsed.ts";
import type { Scenario } from "./scenario.ts";

const MOST = 1_000_000;
const DEMOTIONS_PER_WARM_UP = 10;

const POOLED: Readonly<Record<string, number>> = { "1000-items": 1000, "1000000-items": MOST };

/**
 * What it costs to demote one pool's local generation. Both cases touch a million items beforehand, the rest going to
 * plain arrays, so that the processor's caches and the heap are in the same state.
 */
export const demotion: Scenario = {
	operation: "aging of one full pool",
	variants: Object.keys(POOLED),
	baselines: ["1000-items"],
	figures: [],

	async measure(variant, { warmUps, repetitions }) {
		const items = makeItems(MOST);
		const pooled = POOLED[variant] as number;
		const few = items.slice(0, 10);
		for (let i = 0; i < warmUps * DEMOTIONS_PER_WARM_UP; i++) demote(few, 5);
		return { time: median(Array.from({ length: repetitions }, () => demote(items, pooled))) };
	},
};

/** Puts so many of the items, then demotes and drops them; returns what the demotion took. */
function demote(items: readonly Item[], pooled: number): number {
	const pool = new Pool<Item>();
	const others: Item[] = [];
	for (const [i, item] of items.entries()) {
		if (i < pooled) pool.put(item);
		else others.push(item);
	}
	const time = elapsed(poolCleanup);
	poolCleanup();
	return time;
}
