import type { CollectionTotals, ThreadReport } from "./probe/thread-report.ts";
import { type AllocationSite, ratio, sum } from "./sites.ts";

/** From V8 13 on memory outside the heap asks for major collections, before for minor ones as well. */
const FIRST_V8_WITHOUT_EXTERNAL_MINORS = 13;
/** A minor collection is due after about so many bytes in the young generation, … */
const MINOR_EVERY_HEAP_BYTES = 16 * 1024 * 1024;
/** … or, where they count, after so many outside it that belong to young objects. */
const MINOR_EVERY_EXTERNAL_BYTES = 32 * 1024 * 1024;

/** A typed array and its `ArrayBuffer` are two objects in the heap, whatever memory they stand for. */
const HEAP_BYTES_PER_ARRAY = 192;

/** Collections of all threads, and what asked for them. */
export interface CollectionCauses {
	readonly totals: CollectionTotals;
	/** How much of its active time the program had a processor: pauses are told as they passed, not as they cost. */
	readonly cpuShare: number;
	/** What all threads allocated outside the heap, native code included as far as it was counted. */
	readonly offHeapBytes: number;
	/** The share of it that is sited. */
	readonly sitedBytes: number;
	/** How much of the time of minor and of major collections is due to memory outside the heap. */
	readonly minorByOffHeap: number;
	readonly majorByOffHeap: number;
	/** How the time of collections was shared out, for the reader. */
	readonly formula: string;
}

export function collectionCauses(threads: readonly ThreadReport[]): CollectionCauses {
	const totals = addTotals(threads.map(({ collections }) => collections));
	const main = threads.filter(({ isMainThread }) => isMainThread);
	const cpuShare = Math.min(
		1,
		ratio(
			sum(main, ({ cpuMs }) => cpuMs),
			sum(main, ({ activeMs }) => activeMs),
		) || 1,
	);
	const sitedBytes = sum(threads, ({ offHeap }) => offHeap.bytes);
	const offHeapBytes = sum(threads, allOffHeapBytes);
	const v8 = Number.parseInt(threads[0]?.v8 ?? "0", 10);
	const externalMinors = v8 < FIRST_V8_WITHOUT_EXTERNAL_MINORS;
	const minorHeap = totals.heapBytes / MINOR_EVERY_HEAP_BYTES;
	const minorExternal = externalMinors ? offHeapBytes / MINOR_EVERY_EXTERNAL_BYTES : 0;
	return {
		totals,
		cpuShare,
		offHeapBytes,
		sitedBytes,
		minorByOffHeap: ratio(minorExternal, minorExternal + minorHeap),
		majorByOffHeap: ratio(offHeapBytes, offHeapBytes + totals.promotedBytes),
		formula: externalMinors
			? "ms(site) = minor ms × its part of heap bytes / 16 MiB + off-heap bytes / 32 MiB, + major ms × its part of off-heap + promoted bytes; an array is some 192 bytes in the heap besides its memory"
			: "ms(site) = minor ms × its part of heap bytes, + major ms × its part of off-heap + promoted bytes (from Node 24 on memory outside the heap asks for major collections); an array is some 192 bytes in the heap besides its memory",
	};
}

/** Milliseconds of collections that are due to a site. */
export function collectionMs(site: AllocationSite, causes: CollectionCauses): number {
	const { totals, minorByOffHeap, majorByOffHeap, offHeapBytes } = causes;
	if (site.kind === "off-heap") {
		const part = ratio(site.bytes * (1 - site.inHeapShare), offHeapBytes);
		const objects = Math.min(1, ratio(site.count * HEAP_BYTES_PER_ARRAY, totals.heapBytes));
		return (
			part * (totals.minor.ms * minorByOffHeap + totals.major.ms * majorByOffHeap) +
			objects * totals.minor.ms * (1 - minorByOffHeap)
		);
	}
	const young = ratio(site.bytes, totals.heapBytes);
	const survives = site.lifetimes === undefined ? 0 : 1 - site.lifetimes.tick - site.lifetimes.minor;
	const old = Math.min(1, ratio(site.bytes * survives, totals.promotedBytes));
	return young * totals.minor.ms * (1 - minorByOffHeap) + old * totals.major.ms * (1 - majorByOffHeap);
}

/** Native code is counted in one window, and is taken to go on as it did there: a share of what is sited could be a share of next to nothing. */
function allOffHeapBytes({ offHeap, allOffHeap, wallMs }: ThreadReport): number {
	if (allOffHeap === undefined) return offHeap.bytes;
	const { ms, bytes, sitedBytes } = allOffHeap;
	return offHeap.bytes + Math.max(0, bytes - sitedBytes) * Math.max(1, ratio(wallMs, ms));
}

function addTotals(totals: readonly CollectionTotals[]): CollectionTotals {
	const add = (kind: "minor" | "major" | "putOff" | "forced") => ({
		count: sum(totals, (one) => one[kind].count),
		ms: sum(totals, (one) => one[kind].ms),
	});
	return {
		minor: add("minor"),
		major: add("major"),
		putOff: add("putOff"),
		forced: add("forced"),
		heapBytes: sum(totals, ({ heapBytes }) => heapBytes),
		promotedBytes: sum(totals, ({ promotedBytes }) => promotedBytes),
	};
}
