import { Pool } from "ebbpool";
import { SharedPool } from "ebbpool/shared";
import type { Loop } from "../measure/loop.ts";
import { timeLoop } from "../measure/time-loop.ts";
import { casLoop, pairLoop } from "./pair-loop.ts";
import type { Scenario } from "./scenario.ts";
import { moveLoop, twoOutLoop } from "./search-loop.ts";

const SLOTS = 256;

const VARIANTS: Readonly<Record<string, () => Loop>> = {
	"two-cas": () => casLoop(new Int32Array(new SharedArrayBuffer(4096)), 512),
	pool: () => {
		const pool = new Pool(() => ({ id: 1 }));
		return (rounds) => {
			let sum = 0;
			for (let round = 0; round < rounds; round++) {
				const item = pool.get();
				sum += item.id;
				pool.put(item);
			}
			return sum;
		};
	},
	magazine: () => pairLoop(SharedPool.create({ slotSize: 64, slots: SLOTS, zero: false })),
	"magazine-zero-64": () => pairLoop(SharedPool.create({ slotSize: 64, slots: SLOTS })),
	"magazine-zero-64k": () => pairLoop(SharedPool.create({ slotSize: 65_536, slots: SLOTS })),
	shared: () => pairLoop(SharedPool.create({ slotSize: 64, slots: SLOTS, zero: false, magazine: 0 })),
	"shared-two-out": () => twoOutLoop(),
	"shared-next-word": () => moveLoop(0),
	"shared-3-empty-words": () => moveLoop(3),
};

/** A get and a put by one thread: from its magazine, and through shared memory, where a slot may have to be searched for. */
export const sharedPair: Scenario = {
	operation: "get and put",
	variants: Object.keys(VARIANTS),
	baselines: ["two-cas", "pool"],
	figures: ["heapBytes", "minor", "major"],
	async measure(variant, budget) {
		return timeLoop((VARIANTS[variant] as () => Loop)(), 1, budget);
	},
};
