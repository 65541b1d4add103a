import { median } from "../report/statistics.ts";
import type { AllocationSite } from "./sites.ts";

/** What an allocation takes in the program itself, in nanoseconds. */
export interface CallCost {
	/** Where the memory was there already. */
	readonly calmNs: number;
	/** How much more it takes on average, for pages that the system has to give. */
	readonly pagesNs: number;
}

/** Fewer say too little. */
const LEAST_TIMES = 10;
const PAGE = 4096;

/**
 * Most allocations take memory that was there already, which the middle one of them tells; some ask the system for pages, and take a hundred times as
 * long, which only a mean tells. But in a few of them a collection ran, or the thread had to wait. So none counts for
 * more than all of its pages may cost.
 */
export function callCost({ times, meanSize }: AllocationSite, pageFaultNs: number): CallCost | undefined {
	if (times.length < LEAST_TIMES) return undefined;
	const calmNs = median(times);
	const most = Math.ceil(meanSize / PAGE) * pageFaultNs;
	const excess = times.map((ns) => Math.min(most, Math.max(0, ns - calmNs)));
	return { calmNs, pagesNs: excess.reduce((sum, ns) => sum + ns, 0) / times.length };
}
