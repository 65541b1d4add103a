import {
	constants,
	type NodeGCPerformanceDetail,
	type PerformanceEntry,
	PerformanceObserver,
} from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import type { Collections } from "../report/model.ts";

/** A stretch of time, in readings of `performance.now`. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

export interface LoggedCollection {
	readonly startTime: number;
	/** Milliseconds for which the program stood still. */
	readonly duration: number;
	/** Minor: of the young generation. Major: of the whole heap, its incremental steps and weak callbacks included. */
	readonly kind: "minor" | "major";
	/** Whether it is a collection and not a step of one. */
	readonly whole: boolean;
}

/** Entries are handed over in later turns of the event loop. */
const DELIVERY_MS = 20;

/** Records every collection of this thread from when it is made. */
export class CollectionLog {
	readonly #entries: PerformanceEntry[] = [];
	readonly #observer = knowsCollections()
		? new PerformanceObserver((list) => this.#entries.push(...list.getEntries()))
		: undefined;

	constructor() {
		this.#observer?.observe({ entryTypes: ["gc"] });
	}

	/** Ends the log. Undefined on a runtime that does not tell. */
	async end(): Promise<readonly LoggedCollection[] | undefined> {
		if (this.#observer === undefined) return undefined;
		const end = performance.now();
		// Deno knows the entries, and never has any: this collection is one that must be among them.
		globalThis.gc?.();
		await delay(DELIVERY_MS);
		this.#entries.push(...this.#observer.takeRecords());
		this.#observer.disconnect();
		if (globalThis.gc !== undefined && this.#entries.length === 0) return undefined;
		const before = this.#entries.filter(({ startTime }) => startTime < end);
		return before.map((entry) => ({
			startTime: entry.startTime,
			duration: entry.duration,
			kind: kindOf(entry) === constants.NODE_PERFORMANCE_GC_MINOR ? "minor" : "major",
			whole:
				kindOf(entry) === constants.NODE_PERFORMANCE_GC_MINOR ||
				kindOf(entry) === constants.NODE_PERFORMANCE_GC_MAJOR,
		}));
	}
}

/** Sums up the collections that began during the spans. */
export function collectionsDuring(log: readonly LoggedCollection[], spans: readonly Span[]): Collections {
	const within = log.filter(({ startTime }) =>
		spans.some(({ start, end }) => startTime >= start && startTime < end),
	);
	const seconds = spans.reduce((sum, { start, end }) => sum + (end - start), 0) / 1000;
	const count = (wanted: string): number =>
		within.filter(({ kind, whole }) => whole && kind === wanted).length / seconds;
	return {
		minorPerSecond: count("minor"),
		majorPerSecond: count("major"),
		pauseMsPerSecond: within.reduce((sum, { duration }) => sum + duration, 0) / seconds,
	};
}

/** Bun has the class, but no entries of collections. Node declares no type for the list. */
function knowsCollections(): boolean {
	const { supportedEntryTypes = [] } = PerformanceObserver as { supportedEntryTypes?: readonly string[] };
	return supportedEntryTypes.includes("gc");
}

/** Node declares no type for the entries of collections. */
function kindOf(entry: PerformanceEntry & { detail?: NodeGCPerformanceDetail }): number | undefined {
	return entry.detail?.kind;
}
