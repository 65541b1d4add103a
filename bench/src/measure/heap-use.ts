import { type CountOptions, countAllocations } from "@ebbpool/cli/allocations";
import type { Sample } from "./sample.ts";

const MILLION = 1e6;

/** What a piece of work did to memory, per operation. */
export type HeapUse = Required<Pick<Sample, "heapBytes" | "minor" | "major">> & Pick<Sample, "offHeapBytes">;

/**
 * Counts the bytes that `work` allocates and the collections meanwhile, per operation.
 *
 * @param work - returns how many operations it did
 * @returns undefined on an engine that does not report its collections
 */
export async function watchHeap(
	work: () => number | Promise<number>,
	options: CountOptions = {},
): Promise<HeapUse | undefined> {
	let operations = 0;
	const allocated = await countAllocations(async () => {
		operations = await work();
	}, options);
	if (allocated === undefined) return undefined;
	const { heap, offHeap, minorCollections, majorCollections } = allocated;
	return {
		heapBytes: heap / operations,
		...(options.sweepAtOnce !== false && { offHeapBytes: offHeap / operations }),
		minor: (minorCollections / operations) * MILLION,
		major: (majorCollections / operations) * MILLION,
	};
}
