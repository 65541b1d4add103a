import { GCProfiler, type GCProfilerResult, getHeapStatistics } from "node:v8";
import { fullCollection } from "./full-collection.ts";
import type { Sample } from "./sample.ts";

type Collections = GCProfilerResult["statistics"];

const MILLION = 1e6;

/** What a piece of work did to the heap, per operation. */
export type HeapUse = Required<Pick<Sample, "heapBytes" | "minor" | "major">>;

/**
 * Counts the bytes that `work` allocates on V8's heap and the collections meanwhile.
 *
 * @param work - returns how many operations it did
 * @returns undefined on an engine that does not report its collections
 */
export async function watchHeap(work: () => number | Promise<number>): Promise<HeapUse | undefined> {
	if (!reportsCollections()) return undefined;
	const profiler = new GCProfiler();
	profiler.start();
	const before = getHeapStatistics().used_heap_size;
	const operations = await work();
	const after = getHeapStatistics().used_heap_size;
	const collections = profiler.stop().statistics;
	return {
		heapBytes: allocated(before, collections, after) / operations,
		minor: (count(collections, "Scavenge") / operations) * MILLION,
		major: (count(collections, "MarkSweepCompact") / operations) * MILLION,
	};
}

/** Bun has the profiler's interface, but its reports stay empty. */
function reportsCollections(): boolean {
	const profiler = new GCProfiler();
	profiler.start();
	fullCollection();
	return profiler.stop().statistics.length > 0;
}

/** The heap's growth up to the first collection, between collections, and after the last. */
function allocated(before: number, collections: Collections, after: number): number {
	let bytes = 0;
	let base = before;
	for (const { beforeGC, afterGC } of collections) {
		bytes += beforeGC.heapStatistics.usedHeapSize - base;
		base = afterGC.heapStatistics.usedHeapSize;
	}
	return bytes + after - base;
}

function count(collections: Collections, type: string): number {
	return collections.filter(({ gcType }) => gcType === type).length;
}
