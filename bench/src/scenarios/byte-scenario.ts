import { watchHeap } from "../measure/heap-use.ts";
import type { Loop } from "../measure/loop.ts";
import { timeLoop } from "../measure/time-loop.ts";
import type { Scenario } from "./scenario.ts";

const OFF_HEAP_OPERATIONS = 10_000;

interface ByteLoops {
	readonly operation: string;
	readonly operationsPerRound: number;
	/** A loop for each variant, made in the process that measures it; ours is called `ours`. */
	readonly variants: Readonly<Record<string, () => Loop | Promise<Loop>>>;
}

/** A scenario of byte arrays, whose memory lies outside of the JavaScript heap. */
export function byteScenario({ operation, operationsPerRound, variants }: ByteLoops): Scenario {
	return {
		operation,
		variants: Object.keys(variants),
		baselines: ["ours"],
		figures: ["heapBytes", "offHeapBytes", "minor", "major"],

		async measure(variant, budget) {
			const makeLoop = variants[variant];
			if (makeLoop === undefined) {
				throw new Error(`unknown variant "${variant}"; the variants are ${Object.keys(variants).join(", ")}`);
			}
			const loop = await makeLoop();
			const sample = await timeLoop(loop, operationsPerRound, budget);
			const rounds = Math.ceil(OFF_HEAP_OPERATIONS / operationsPerRound);
			// Enough of them, however short the budget: arrays are counted exactly, and a few would not be seen.
			const use = await watchHeap(() => {
				loop(rounds);
				return rounds * operationsPerRound;
			});
			return { ...sample, ...(use?.offHeapBytes !== undefined && { offHeapBytes: use.offHeapBytes }) };
		},
	};
}
