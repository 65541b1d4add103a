import { GCProfiler, type GCProfilerResult, getHeapStatistics, setFlagsFromString } from "node:v8";

/** What a piece of work allocated in this thread, dead or alive since, in bytes; and the collections meanwhile. */
export interface Allocated {
	/** In the JavaScript heap. */
	readonly heap: number;
	/** In `ArrayBuffer`s, and so in typed arrays and `Buffer`s. Not to be relied on where `sweepAtOnce` is false. */
	readonly offHeap: number;
	readonly minorCollections: number;
	readonly majorCollections: number;
}

export interface CountOptions {
	/**
	 * Whether V8 is told to free `ArrayBuffer`s inside each collection (true unless told). That is slower, and it stays so:
	 * measure times before.
	 */
	readonly sweepAtOnce?: boolean;
}

type Collections = GCProfilerResult["statistics"];

interface Used {
	readonly heap: number;
	readonly offHeap: number;
}

/**
 * Counts what `work` allocates. Memory is only ever given back by a collection, and `GCProfiler` tells how much was used
 * right before and right after each; so what was allocated is the sum of the growth from each collection to the next.
 *
 * V8 frees `ArrayBuffer`s on another thread, some time after the collection; `sweepAtOnce` makes it a part of the
 * collection, without which the sums would not be those of the collector. The forced collection ends what is under way.
 *
 * @returns undefined on a runtime whose reports are not complete
 */
export async function countAllocations(
	work: () => unknown,
	{ sweepAtOnce = true }: CountOptions = {},
): Promise<Allocated | undefined> {
	if (globalThis.gc === undefined) throw new Error("counting allocations needs --expose-gc");
	if (!reportsAllMemory()) return undefined;
	if (sweepAtOnce) {
		setFlagsFromString("--no-concurrent-array-buffer-sweeping");
		globalThis.gc();
	}
	const profiler = new GCProfiler();
	profiler.start();
	const first = usedNow();
	await work();
	const last = usedNow();
	const { statistics } = profiler.stop();

	let [heap, offHeap] = [0, 0];
	let since = first;
	const grow = (to: Used): void => {
		heap += to.heap - since.heap;
		offHeap += to.offHeap - since.offHeap;
	};
	for (const { beforeGC, afterGC } of statistics) {
		grow(used(beforeGC.heapStatistics));
		since = used(afterGC.heapStatistics);
	}
	grow(last);
	return {
		heap,
		offHeap,
		minorCollections: countOf(statistics, "Scavenge"),
		majorCollections: countOf(statistics, "MarkSweepCompact"),
	};
}

/** Bun and Deno have the profiler, but theirs sees only a part of what lies in `ArrayBuffer`s, or none. */
function reportsAllMemory(): boolean {
	return process.versions.bun === undefined && process.versions.deno === undefined;
}

function usedNow(): Used {
	const { used_heap_size, external_memory } = getHeapStatistics();
	return { heap: used_heap_size, offHeap: external_memory };
}

function used({ usedHeapSize, externalMemory }: { usedHeapSize: number; externalMemory: number }): Used {
	return { heap: usedHeapSize, offHeap: externalMemory };
}

function countOf(collections: Collections, type: string): number {
	return collections.filter(({ gcType }) => gcType === type).length;
}
