import { setTimeout } from "node:timers/promises";
import { median } from "simple-statistics";
import type { Budget } from "./budget.ts";
import { watchHeap } from "./heap-use.ts";
import type { Sample } from "./sample.ts";

const WARM_UP_OPERATIONS = 1000;
const IDLE_MS = 1;

/** Does about so many operations; returns how many it did. */
export type AsyncWork = (operations: number) => Promise<number>;

/** Times asynchronous work by the processor: median of the repetitions, then allocations and collections in a run of their own. */
export async function timeAsync(work: AsyncWork, budget: Budget): Promise<Sample> {
	let perOperation = 0;
	for (let left = budget.warmUps * WARM_UP_OPERATIONS; left > 0; ) {
		const start = performance.now();
		const done = await work(WARM_UP_OPERATIONS);
		perOperation = ((performance.now() - start) * 1e6) / done;
		left -= done;
		await setTimeout(IDLE_MS);
	}
	const operations = Math.ceil((budget.milliseconds * 1e6) / perOperation);
	const times: number[] = [];
	for (let i = 0; i < budget.repetitions; i++) times.push(await processorTime(work, operations));
	const use = await watchHeap(() => work(operations));
	return { time: median(times), ...use };
}

/** Nanoseconds of processor time per operation, of all threads. */
export async function processorTime(work: AsyncWork, operations: number): Promise<number> {
	const start = process.cpuUsage();
	const done = await work(operations);
	const { user, system } = process.cpuUsage(start);
	return ((user + system) * 1e3) / done;
}
