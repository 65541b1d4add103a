import { median } from "simple-statistics";
import type { Budget } from "./budget.ts";
import { processorTime } from "./elapsed.ts";
import { watchHeap } from "./heap-use.ts";
import type { Loop } from "./loop.ts";
import type { Sample } from "./sample.ts";
import { growOld, warmUp } from "./warm-up.ts";

const CALIBRATION_NS = 1_000_000;

/**
 * Times a loop by the processor: median of the repetitions, then allocations and collections in a run of their own.
 *
 * @param collections - full collections that the process has been through before
 */
export async function timeLoop(
	loop: Loop,
	operationsPerRound: number,
	budget: Budget,
	collections = 0,
): Promise<Sample> {
	await warmUp(loop, operationsPerRound, budget);
	await growOld(loop, operationsPerRound, budget, collections);
	const rounds = Math.ceil((budget.milliseconds * 1e6) / timePerRound(loop));
	const operations = rounds * operationsPerRound;
	const repetition = () => loop(rounds);

	const times = Array.from({ length: budget.repetitions }, () => processorTime(repetition) / operations);
	const use = await watchHeap(() => {
		repetition();
		return operations;
	});
	return { time: median(times), ...use };
}

function timePerRound(loop: Loop): number {
	for (let rounds = 1; ; rounds *= 2) {
		// The smaller of two: a compiler that is still busy beside one call would make it look slow.
		const time = Math.min(
			processorTime(() => loop(rounds)),
			processorTime(() => loop(rounds)),
		);
		if (time >= CALIBRATION_NS) return time / rounds;
	}
}
