import { GCProfiler, getHeapStatistics, setFlagsFromString } from "node:v8";
import { fullCollection } from "./full-collection.ts";

/**
 * Counts the bytes that `work` allocates in `ArrayBuffer`s, per operation: the growth from each collection to the next.
 *
 * V8 frees `ArrayBuffer`s on another thread, some time after the collection, which would blur these sums; the flag makes it
 * a part of the collection. It stays set: measure times before.
 *
 * @param work - returns how many operations it did
 * @returns undefined on an engine that does not report its collections
 */
export function watchOffHeap(work: () => number): number | undefined {
	setFlagsFromString("--no-concurrent-array-buffer-sweeping");
	const profiler = new GCProfiler();
	profiler.start();
	fullCollection();
	const before = getHeapStatistics().external_memory;
	const operations = work();
	const after = getHeapStatistics().external_memory;
	const [settling, ...collections] = profiler.stop().statistics;
	if (settling === undefined) return undefined;
	let bytes = after - before;
	for (const { beforeGC, afterGC } of collections) {
		bytes += beforeGC.heapStatistics.externalMemory - afterGC.heapStatistics.externalMemory;
	}
	return bytes / operations;
}
