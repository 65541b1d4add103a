import { newAges } from "../../dist/advise/probe/follower.js";
import type { OffHeapSite, ThreadReport } from "../../dist/advise/probe/thread-report.js";
import { type AllocationSite, offHeapSites } from "../../dist/advise/sites.js";

export interface Allocations {
	readonly what?: string;
	readonly count?: number;
	readonly size?: number;
	readonly times?: readonly number[];
	/** How many views were cut from one. */
	readonly viewsEach?: number;
}

/** A site outside the heap, as a probe reports it. */
export function allocationSite({
	what = "Uint8Array",
	count = 1000,
	size = 65_536,
	times = [],
	viewsEach = 0,
}: Allocations): AllocationSite {
	const site: OffHeapSite = {
		...{ file: "/none.js", line: 1, column: 1, functionName: "make", what, callers: [] },
		...{ samples: 100, count, bytes: count * size, slabBytes: 0, inHeapBytes: 0, inHeapCount: 0 },
		...{ smallest: size, largest: size, sizes: [], times, ages: newAges() },
		...{ watched: 100, views: 100 * viewsEach },
	};
	const [merged] = offHeapSites([
		{ offHeap: { bytes: 0, count: 0, sites: [site] } } as unknown as ThreadReport,
	]);
	return merged as AllocationSite;
}
