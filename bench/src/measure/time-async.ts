import { setTimeout } from "node:timers/promises";
import { median } from "simple-statistics";
import type { Budget } from "./budget.ts";
import { watchHeap } from "./heap-use.ts";
import type { Sample } from "./sample.ts";

const WARM_UP_OPERATIONS = 30_000;
const IDLE_MS = 10;

/** Does about so many operations; returns how many it did. */
export type AsyncWork = (operations: number) => Promise<number>;

/** Times asynchronous work: median of the repetitions, then allocations and collections in a run of their own. */
export async function timeAsync(work: AsyncWork, budget: Budget): Promise<Sample> {
	let perOperation = 0;
	for (let burst = 0; burst < budget.warmUps; burst++) {
		perOperation = await timed(work, WARM_UP_OPERATIONS);
		await setTimeout(IDLE_MS);
	}
	const operations = Math.ceil((budget.milliseconds * 1e6) / perOperation);
	const times: number[] = [];
	for (let i = 0; i < budget.repetitions; i++) times.push(await timed(work, operations));
	const use = await watchHeap(() => work(operations));
	return { time: median(times), ...use };
}

/** Nanoseconds per operation. */
async function timed(work: AsyncWork, operations: number): Promise<number> {
	const start = performance.now();
	const done = await work(operations);
	return ((performance.now() - start) * 1e6) / done;
}
