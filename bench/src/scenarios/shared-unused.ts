import { setTimeout } from "node:timers/promises";
import { type SharedBlock, SharedPool } from "ebbpool/shared";
import { elapsed } from "../measure/elapsed.ts";
import { fullCollection } from "../measure/full-collection.ts";
import type { Scenario } from "./scenario.ts";

const SLOT_SIZE = 65_536;
const SLOTS = 4096;

const VARIANTS: Readonly<Record<string, () => SharedPool>> = {
	unused: () => SharedPool.create({ slotSize: SLOT_SIZE, slots: SLOTS }),
	"unused, may grow": () => SharedPool.create({ slotSize: SLOT_SIZE, slots: 1, maxSlots: SLOTS }),
	"used once": () => {
		const pool = SharedPool.create({ slotSize: SLOT_SIZE, slots: SLOTS });
		const blocks: SharedBlock[] = Array.from({ length: SLOTS }, () => pool.get());
		for (const block of blocks) {
			block.bytes.fill(1);
			pool.put(block);
		}
		return pool;
	},
};

/** What 4,096 slots of 64 KiB cost before anybody uses them; and after, to show that the method sees it. */
export const sharedUnused: Scenario = {
	operation: "pool of 4,096 × 64 KiB",
	variants: Object.keys(VARIANTS),
	baselines: [],
	figures: ["residentBytes"],
	async measure(name) {
		const make = VARIANTS[name] as () => SharedPool;
		await settle();
		const before = process.memoryUsage.rss();
		let pool: SharedPool | undefined;
		const time = elapsed(() => {
			pool = make();
		});
		const residentBytes = process.memoryUsage.rss() - before;
		if (pool?.stats().slots === 0) throw new Error("the pool must live until its memory is counted");
		return { time, residentBytes };
	},
};

/**
 * A compiler that works beside the program takes some megabytes for a while, which is no part of the pool: so it has done
 * all that it wants to before.
 */
async function settle(): Promise<void> {
	for (let i = 0; i < 100; i++) SharedPool.create({ slotSize: 64, slots: SLOTS });
	await setTimeout(300);
	fullCollection();
	await setTimeout(300);
}
