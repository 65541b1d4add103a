import { setInterval } from "node:timers";
import type { LoggedCollection, Span } from "../measure/collections.ts";
import type { Timeline } from "../report/model.ts";

/** Often enough to see a collection's saw-tooth, rarely enough that nobody notices. */
const STEP_MS = 20;

/** Writes down how the windows of a measurement went: a timer's step at a time, while `during` runs. */
export class TimelineRecorder {
	readonly #operations: () => number | undefined;
	readonly #at: number[] = [];
	readonly #rate: number[] = [];
	readonly #heap: number[] = [];
	readonly #offHeap: number[] = [];
	/** Measured time in the windows that are over. */
	#past = 0;

	/** `operations` tells how many were done so far, where that is known in this process. */
	constructor(operations: () => number | undefined) {
		this.#operations = operations;
	}

	async during<R>(work: () => Promise<R>): Promise<R> {
		const start = performance.now();
		let last = start;
		let lastOperations = this.#operations();
		const step = (): void => {
			const now = performance.now();
			// The rest of a window is no step: its rate would be that of a few operations.
			if (now - last < STEP_MS / 2) return;
			const operations = this.#operations();
			const { heapUsed, arrayBuffers } = process.memoryUsage();
			this.#at.push(Math.round(this.#past + now - start));
			this.#heap.push(heapUsed);
			this.#offHeap.push(arrayBuffers);
			if (operations !== undefined && lastOperations !== undefined) {
				this.#rate.push(Math.round(((operations - lastOperations) / (now - last)) * 1000));
			}
			[last, lastOperations] = [now, operations];
		};
		const timer = setInterval(step, STEP_MS);
		try {
			return await work();
		} finally {
			clearInterval(timer);
			step();
			this.#past += performance.now() - start;
		}
	}

	/** All that was written down, with the collections of these windows. */
	finish(windows: readonly Span[], collections: readonly LoggedCollection[]): Timeline {
		let past = 0;
		const pauses: (readonly [number, number, "minor" | "major"])[] = [];
		for (const { start, end } of windows) {
			for (const { startTime, duration, kind } of collections) {
				if (startTime >= start && startTime < end)
					pauses.push([Math.round(past + startTime - start), thousandths(duration), kind]);
			}
			past += end - start;
		}
		return {
			at: this.#at,
			operationsPerSecond: this.#rate.length === this.#at.length ? this.#rate : undefined,
			heap: this.#heap,
			offHeap: this.#offHeap,
			pauses,
		};
	}
}

const thousandths = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;
