import { GCProfiler, getHeapStatistics, setFlagsFromString } from "node:v8";

/** Bytes allocated in this thread, dead or alive since. */
export interface Allocated {
	/** In the JavaScript heap. */
	readonly heap: number;
	/** In `ArrayBuffer`s, and so in typed arrays and `Buffer`s. */
	readonly offHeap: number;
}

interface Used {
	readonly heap: number;
	readonly offHeap: number;
}

/**
 * Counts what `work` allocates. Memory is only ever given back by a collection, and `GCProfiler` tells how much was used
 * right before and right after each; so what was allocated is the sum of the growth from each collection to the next.
 *
 * V8 frees `ArrayBuffer`s on another thread, some time after the collection; the flag makes it a part of the collection,
 * without which the sums would not be those of the collector. The forced collection ends what is under way without the
 * flag. It stays set: measure times before.
 */
export async function countAllocations(work: () => Promise<unknown>): Promise<Allocated> {
	if (globalThis.gc === undefined) throw new Error("counting allocations needs --expose-gc");
	setFlagsFromString("--no-concurrent-array-buffer-sweeping");
	globalThis.gc();
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
	return { heap, offHeap };
}

function usedNow(): Used {
	const { used_heap_size, external_memory } = getHeapStatistics();
	return { heap: used_heap_size, offHeap: external_memory };
}

function used({ usedHeapSize, externalMemory }: { usedHeapSize: number; externalMemory: number }): Used {
	return { heap: usedHeapSize, offHeap: externalMemory };
}
