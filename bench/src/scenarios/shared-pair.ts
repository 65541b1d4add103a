import { Pool } from "ebbpool";
import { SharedPool } from "ebbpool/shared";
import { type Loop, timeLoop } from "../measure/time-loop.ts";
import { pairLoop } from "./pair-loop.ts";
import type { Scenario } from "./scenario.ts";

const SLOTS = 256;

const VARIANTS: Readonly<Record<string, () => Loop>> = {
	"two-cas": () => {
		const words = new Int32Array(new SharedArrayBuffer(4096));
		return (rounds) => {
			let sum = 0;
			for (let round = 0; round < rounds; round++) {
				sum += Atomics.compareExchange(words, 512, 0, 1);
				sum += Atomics.compareExchange(words, 512, 1, 0);
			}
			return sum;
		};
	},
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
};

/** A get and a put by one thread: from its magazine, and through shared memory. */
export const sharedPair: Scenario = {
	operation: "get and put",
	variants: Object.keys(VARIANTS),
	baselines: ["two-cas", "pool"],
	figures: ["heapBytes", "minor", "major"],
	async measure(variant, budget) {
		return timeLoop((VARIANTS[variant] as () => Loop)(), 1, budget);
	},
};
