/** What one process measured of one variant. Times are in nanoseconds; what could not be measured is not there. */
export interface Sample {
	/** Median over the repetitions. */
	readonly time: number;
	/** 99th percentile of single operations. */
	readonly p99?: number;
	/** Bytes allocated on the JavaScript (or Go) heap per operation. */
	readonly heapBytes?: number;
	/** Bytes allocated in `ArrayBuffer`s per operation. */
	readonly offHeapBytes?: number;
	/** Minor collections per million operations. */
	readonly minor?: number;
	/** Major collections per million operations. */
	readonly major?: number;
	/** Items made per thousand operations. */
	readonly made?: number;
	/** Bytes of the heap still in use when all is over. */
	readonly leftBytes?: number;
	/** Bytes of physical memory that the process has more than before. */
	readonly residentBytes?: number;
	/** Listeners still there when all is over. */
	readonly leftListeners?: number;
}

export type Figure = keyof Sample;
