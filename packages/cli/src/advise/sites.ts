import { addAges } from "./probe/follower.ts";
import {
	AGES,
	type AgeTable,
	type Frame,
	type HeapSite,
	type OffHeapSite,
	type ThreadReport,
} from "./probe/thread-report.ts";

/** Sizes from (including) and up to (excluding) so many bytes, and how many allocations had one. */
export interface SizeClass {
	readonly from: number;
	readonly to: number;
	readonly count: number;
}

/** Shares of what was allocated, by when it was unreachable. They add up to 1; none were followed: undefined. */
export interface Lifetimes {
	readonly tick: number;
	/** Later, but before a collection was likely. */
	readonly minor: number;
	/** Later, but before a major collection was likely. */
	readonly major: number;
	readonly retained: number;
	/** How many were looked at; of heap sites the samples of the three windows. */
	readonly samples: number;
}

/** One place in the program that allocates, over all its threads. */
export interface AllocationSite extends Frame {
	readonly kind: "heap" | "off-heap";
	/** What is allocated: a constructor, a function of Node, or for the heap what V8 says, if anything. */
	readonly what: string;
	readonly callers: readonly Frame[];
	readonly samples: number;
	readonly count: number;
	readonly bytes: number;
	/** Bytes an allocation. */
	readonly meanSize: number;
	readonly smallest: number | undefined;
	readonly largest: number | undefined;
	readonly sizes: readonly SizeClass[];
	/** The share of the bytes that came from Node's slab of 8 KiB for small Buffers. */
	readonly slabShare: number;
	/** The share of the bytes that V8 kept in the heap, in arrays of at most 64; and how many those are. */
	readonly inHeapShare: number;
	readonly countInHeap: number;
	readonly lifetimes: Lifetimes | undefined;
	/** What some of the allocations took in the program, in nanoseconds. */
	readonly times: readonly number[];
	/** How many views were cut from one, on average. */
	readonly viewsEach: number;
}

/** The sites outside the heap of all threads. */
export function offHeapSites(threads: readonly ThreadReport[]): AllocationSite[] {
	const groups = groupBy(
		threads.flatMap(({ offHeap }) => offHeap.sites),
		({ what, file, line, column }) => `${what} ${file}:${line}:${column}`,
	);
	return groups.map(mergeOffHeap).sort((a, b) => b.bytes - a.bytes);
}

function mergeOffHeap(sites: readonly OffHeapSite[]): AllocationSite {
	const [first] = sites as [OffHeapSite, ...OffHeapSite[]];
	const { file, line, column, functionName, what, callers } = first;
	const count = sum(sites, (site) => site.count);
	const bytes = sum(sites, (site) => site.bytes);
	const classes = Math.max(...sites.map(({ sizes }) => sizes.length));
	const sizes = Array.from({ length: classes }, (_, at) => ({
		from: at === 0 ? 0 : 2 ** at,
		to: 2 ** (at + 1),
		count: sum(sites, (site) => site.sizes[at] ?? 0),
	}));
	return {
		kind: "off-heap",
		...{ file, line, column, functionName, what, callers, count, bytes },
		samples: sum(sites, (site) => site.samples),
		meanSize: count === 0 ? 0 : bytes / count,
		smallest: Math.min(...sites.map(({ smallest }) => smallest)),
		largest: Math.max(...sites.map(({ largest }) => largest)),
		sizes: sizes.filter((size) => size.count > 0),
		slabShare: ratio(
			sum(sites, (site) => site.slabBytes),
			bytes,
		),
		inHeapShare: ratio(
			sum(sites, (site) => site.inHeapBytes),
			bytes,
		),
		countInHeap: sum(sites, (site) => site.inHeapCount),
		lifetimes: lifetimesOf(addAges(sites.map(({ ages }) => ages))),
		times: sites.flatMap(({ times }) => times),
		viewsEach: ratio(
			sum(sites, (site) => site.views),
			sum(sites, (site) => site.watched),
		),
	};
}

/** Of each age so many were reachable still: the differences are the lifetimes. */
export function lifetimesOf(ages: AgeTable): Lifetimes | undefined {
	const samples = AGES.reduce((total, age) => total + ages[age].dead + ages[age].alive, 0);
	if (samples === 0) return undefined;
	let reachable = 1;
	const [tick, minor, major, older] = AGES.map((age) => {
		const { dead, alive } = ages[age];
		// No older one can be reachable more often, but for chance; an age that nobody saw says nothing.
		if (dead + alive > 0) reachable = Math.min(reachable, alive / (dead + alive));
		return reachable;
	}) as [number, number, number, number];
	return {
		tick: 1 - tick,
		minor: tick - minor,
		major: minor - major + (major - older),
		retained: older,
		samples,
	};
}

interface HeapRates {
	readonly site: HeapSite;
	bytes: number;
	count: number;
	samples: number;
	/** Bytes a millisecond in windows of each kind. */
	readonly rate: { all: number; survivors: number; live: number };
}

/** The functions that allocate in the heap, over all threads. */
export function heapSites(threads: readonly ThreadReport[]): AllocationSite[] {
	const merged = new Map<string, HeapRates>();
	for (const { heapWindows, wallMs } of threads) {
		const ms = { all: 0, survivors: 0, live: 0 };
		for (const window of heapWindows) ms[window.kind] += window.ms;
		for (const { kind, sites } of heapWindows) {
			for (const site of sites) {
				const key = `${site.file}:${site.line}:${site.column} ${site.functionName}`;
				let entry = merged.get(key);
				if (entry === undefined) {
					entry = { site, bytes: 0, count: 0, samples: 0, rate: { all: 0, survivors: 0, live: 0 } };
					merged.set(key, entry);
				}
				entry.rate[kind] += site.bytes / ms[kind];
				if (kind !== "all") continue;
				// While other windows ran, it allocated as well.
				const whole = wallMs / ms.all;
				entry.bytes += site.bytes * whole;
				entry.count += site.count * whole;
				entry.samples += site.samples;
			}
		}
	}
	const kinds = new Set(threads.flatMap(({ heapWindows }) => heapWindows.map(({ kind }) => kind)));
	return [...merged.values()]
		.filter(({ bytes }) => bytes > 0)
		.map((entry) => heapSite(entry, kinds.size === 3))
		.sort((a, b) => b.bytes - a.bytes);
}

function heapSite({ site, bytes, count, samples, rate }: HeapRates, hasLifetimes: boolean): AllocationSite {
	const { file, line, column, functionName, through } = site;
	const survivors = Math.min(1, rate.survivors / rate.all);
	const live = Math.min(survivors, rate.live / rate.all);
	return {
		kind: "heap",
		what: through ?? "objects",
		...{ file, line, column, functionName, callers: [], samples, count, bytes },
		meanSize: bytes / count,
		smallest: undefined,
		largest: undefined,
		sizes: [],
		slabShare: 0,
		inHeapShare: 1,
		countInHeap: count,
		lifetimes: hasLifetimes
			? { tick: 0, minor: 1 - survivors, major: survivors - live, retained: live, samples }
			: undefined,
		times: [],
		viewsEach: 0,
	};
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
	const groups = new Map<string, T[]>();
	for (const item of items) {
		const key = keyOf(item);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [item]);
		else group.push(item);
	}
	return [...groups.values()];
}

export function ratio(part: number, whole: number): number {
	return whole > 0 ? part / whole : 0;
}

export function sum<T>(items: readonly T[], figure: (item: T) => number): number {
	return items.reduce((total, item) => total + figure(item), 0);
}
