import {
	constants,
	type NodeGCPerformanceDetail,
	type PerformanceEntry,
	PerformanceObserver,
} from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";

/** A stretch of time, in readings of `performance.now`. */
interface Span {
	readonly start: number;
	readonly end: number;
}

/** Garbage collections of this thread. */
export interface Collections {
	readonly minorPerSecond: number;
	readonly majorPerSecond: number;
	/** Milliseconds per second for which collections stopped the program. */
	readonly pauseMsPerSecond: number;
}

/** Entries are handed over in later turns of the event loop. */
const DELIVERY_MS = 20;

/** Records every collection of this thread from when it is made. */
export class CollectionLog {
	readonly #entries: PerformanceEntry[] = [];
	readonly #observer = new PerformanceObserver((list) => this.#entries.push(...list.getEntries()));

	constructor() {
		this.#observer.observe({ entryTypes: ["gc"] });
	}

	/** Ends the log and sums up the collections that began during the spans. */
	async during(spans: readonly Span[]): Promise<Collections> {
		await delay(DELIVERY_MS);
		this.#entries.push(...this.#observer.takeRecords());
		this.#observer.disconnect();
		const within = this.#entries.filter(({ startTime }) =>
			spans.some(({ start, end }) => startTime >= start && startTime < end),
		);
		const seconds = spans.reduce((sum, { start, end }) => sum + (end - start), 0) / 1000;
		const count = (kind: number): number => within.filter((entry) => kindOf(entry) === kind).length / seconds;
		return {
			minorPerSecond: count(constants.NODE_PERFORMANCE_GC_MINOR),
			majorPerSecond: count(constants.NODE_PERFORMANCE_GC_MAJOR),
			pauseMsPerSecond: within.reduce((sum, { duration }) => sum + duration, 0) / seconds,
		};
	}
}

/** Node declares no type for the entries of collections. */
function kindOf(entry: PerformanceEntry & { detail?: NodeGCPerformanceDetail }): number | undefined {
	return entry.detail?.kind;
}
