/**
 * What the probe in one thread of the program writes for the advisor. Numbers of sampled allocations are estimates: each
 * sample counts for as many allocations as it stands for.
 */
export interface ThreadReport {
	readonly format: 1;
	readonly pid: number;
	readonly threadId: number;
	readonly isMainThread: boolean;
	readonly command: readonly string[];
	/** The Node that ran it. */
	readonly executable: string;
	/** Milliseconds since the epoch. */
	readonly startedAt: number;
	readonly node: string;
	readonly v8: string;
	/** False while the thread still runs: what was known when it was last written. */
	readonly complete: boolean;
	/** Without what the probe itself took for collections that it forced. */
	readonly wallMs: number;
	/** CPU time of the whole process without those collections; only the main thread tells it. */
	readonly cpuMs: number;
	/** What the system took of it, forced collections included. */
	readonly systemMs: number;
	/** CPU time of this thread alone, forced collections included; undefined where the system does not tell. */
	readonly threadCpuMs: number | undefined;
	/** The same of the whole process; only the main thread tells it. */
	readonly processCpuMs: number;
	/** Without the time that the event loop was idle. */
	readonly activeMs: number;
	/** Pages that the whole process touched for the first time; only the main thread tells it. */
	readonly pageFaults: number;
	readonly offHeap: OffHeapAllocations;
	readonly collections: CollectionTotals;
	/** Memory outside the heap during one window, in which all of it was counted, whoever allocated it. */
	readonly allOffHeap:
		| { readonly ms: number; readonly bytes: number; readonly sitedBytes: number }
		| undefined;
	readonly heapWindows: readonly HeapWindow[];
	/** Whether the samples of the heap could be taken. */
	readonly heapProfile: string | undefined;
}

export interface OffHeapAllocations {
	/** Exact. */
	readonly bytes: number;
	/** Exact. */
	readonly count: number;
	readonly sites: readonly OffHeapSite[];
}

/** A position in a program, as V8 counts: from one. */
export interface Position {
	/** An absolute path, a `node:` module, or what else V8 calls the script. */
	readonly file: string;
	readonly line: number;
	readonly column: number;
}

export interface Frame extends Position {
	readonly functionName: string;
}

export interface OffHeapSite extends Frame {
	/** The constructor or function that allocated, such as `Uint8Array` or `Buffer.from`. */
	readonly what: string;
	/** The frames that called it, the nearest first, as the first sample saw them. */
	readonly callers: readonly Frame[];
	readonly samples: number;
	readonly count: number;
	readonly bytes: number;
	/** Of these bytes, how many were cut from the 8 KiB slab that Node keeps for small Buffers. */
	readonly slabBytes: number;
	/** Of these, how many are in the heap: V8 keeps up to 64 bytes in the object itself; and of how many allocations. */
	readonly inHeapBytes: number;
	readonly inHeapCount: number;
	readonly smallest: number;
	readonly largest: number;
	/** How many allocations had a size in [2^i, 2^(i+1)). */
	readonly sizes: readonly number[];
	/** What some of them took, in nanoseconds on the clock. */
	readonly times: readonly number[];
	/** Of how many of them views were counted, and how many views. */
	readonly watched: number;
	readonly views: number;
	readonly ages: AgeTable;
}

/** By how old followed samples were when somebody looked: how many were still reachable, and how many were not. */
export type AgeTable = Readonly<Record<Age, { readonly dead: number; readonly alive: number }>>;

/**
 * `tick`: allocated in the turn of the event loop that had just ended; `minor`: so young that no collection is likely to
 * have come since; `major`: likely no major one; `older`: all others.
 */
export const AGES = ["tick", "minor", "major", "older"] as const;
export type Age = (typeof AGES)[number];

export interface CollectionTotals {
	readonly minor: CollectionCount;
	/** As many as there would have been without those that the probe forced. */
	readonly major: CollectionCount;
	/** Of these, how many did not come, since those that the probe forced put them off: an estimate. */
	readonly putOff: CollectionCount;
	/** Forced by the probe, and counted nowhere else. */
	readonly forced: CollectionCount;
	/** Bytes allocated in the heap, dead or alive since. */
	readonly heapBytes: number;
	/** Bytes that minor collections moved out of the young generation. */
	readonly promotedBytes: number;
}

export interface CollectionCount {
	readonly count: number;
	/** Milliseconds for which they stopped the thread. */
	readonly ms: number;
}

/** `all`: every sample; `survivors`: without those that minor collections took; `live`: those reachable at the end. */
export type HeapWindowKind = "all" | "survivors" | "live";

export interface HeapWindow {
	readonly kind: HeapWindowKind;
	readonly ms: number;
	readonly sites: readonly HeapSite[];
}

export interface HeapSite extends Frame {
	readonly samples: number;
	readonly count: number;
	readonly bytes: number;
	/** What V8 charged where the allocation was not in the function's own code, such as `(V8 API)` or `slice`. */
	readonly through: string | undefined;
}
