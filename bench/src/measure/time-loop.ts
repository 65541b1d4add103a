import { median } from "simple-statistics";
import type { Budget } from "./budget.ts";
import { elapsed } from "./elapsed.ts";
import { watchHeap } from "./heap-use.ts";
import type { Sample } from "./sample.ts";
import { warmUp } from "./warm-up.ts";

/** Does the operation under test so many times, in rounds; returns something that depends on the items it saw. */
export type Loop = (rounds: number) => number;

const CALIBRATION_ROUNDS = 1000;

/** Times a loop: median of the repetitions, then allocations and collections in a run of their own. */
export async function timeLoop(loop: Loop, operationsPerRound: number, budget: Budget): Promise<Sample> {
	await warmUp(loop, operationsPerRound, budget);
	const perRound = elapsed(() => loop(CALIBRATION_ROUNDS)) / CALIBRATION_ROUNDS;
	const rounds = Math.ceil((budget.milliseconds * 1e6) / perRound);
	const operations = rounds * operationsPerRound;
	const repetition = () => loop(rounds);

	const times = Array.from({ length: budget.repetitions }, () => elapsed(repetition) / operations);
	const use = await watchHeap(() => {
		repetition();
		return operations;
	});
	return { time: median(times), ...use };
}
