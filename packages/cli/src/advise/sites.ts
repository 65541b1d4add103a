import { addAges } from "./probe/follower.ts";
import {
	AGES,
	type AgeTable,
	type Frame,
	type HeapSite,
	type HeapWindow,
	type HeapWindowKind,
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
	/** How many were looked at; of heap sites the samples of the windows that tell. */
	readonly samples: number;
	/** Nobody looked before a major collection was likely, as in a short program: they may have gone sooner than is said. */
	readonly isLate: boolean;
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
		isLate: AGES.slice(0, 2).every((age) => ages[age].dead + ages[age].alive === 0),
	};
}

/** Bytes a millisecond in windows of each kind. */
type HeapRates = Record<HeapWindowKind, number>;

interface HeapEntry {
	readonly site: HeapSite;
	bytes: number;
	count: number;
	samples: number;
	/** In windows that tell of lifetimes, … */
	readonly rate: HeapRates;
	/** … and how many samples were in these. */
	looked: number;
}

/** The functions that allocate in the heap, over all threads. */
export function heapSites(threads: readonly ThreadReport[]): AllocationSite[] {
	const merged = new Map<string, HeapEntry>();
	for (const { heapWindows, wallMs } of threads) {
		const all = heapWindows.filter(({ kind }) => kind === "all");
		// While other windows ran, it allocated as well.
		const whole = wallMs / sum(all, ({ ms }) => ms);
		for (const site of all.flatMap(({ sites }) => sites)) {
			const key = heapKey(site);
			let entry = merged.get(key);
			if (entry === undefined) {
				entry = {
					...{ site, bytes: 0, count: 0, samples: 0, looked: 0 },
					rate: { all: 0, survivors: 0, live: 0 },
				};
				merged.set(key, entry);
			}
			entry.bytes += site.bytes * whole;
			entry.count += site.count * whole;
			entry.samples += site.samples;
		}
		for (const at of heapWindows.keys()) lookAround(heapWindows.slice(at, at + LOOK.length), merged);
	}
	return [...merged.values()]
		.filter(({ bytes }) => bytes > 0)
		.map(heapSite)
		.sort((a, b) => b.bytes - a.bytes);
}

function heapKey({ file, line, column, functionName }: HeapSite): string {
	return `${file}:${line}:${column} ${functionName}`;
}

const LOOK: readonly HeapWindowKind[] = ["all", "survivors", "live", "all"];

/**
 * What is not among the survivors is gone, or was not made at all then: so lifetimes are told only of what was made both before
 * and after, by how much of it there was then.
 */
function lookAround(windows: readonly HeapWindow[], merged: ReadonlyMap<string, HeapEntry>): void {
	if (!LOOK.every((kind, at) => windows[at]?.kind === kind)) return;
	const found = windows.map(
		({ sites }) => new Map(groupBy(sites, heapKey).map((same) => [heapKey(same[0] as HeapSite), same])),
	);
	for (const key of found[0]?.keys() ?? []) {
		const entry = merged.get(key);
		if (entry === undefined || !found.at(-1)?.has(key)) continue;
		for (const [at, { kind, ms }] of windows.entries()) {
			const sites = found[at]?.get(key) ?? [];
			entry.rate[kind] += sum(sites, ({ bytes }) => bytes) / ms / (kind === "all" ? 2 : 1);
			entry.looked += sum(sites, ({ samples }) => samples);
		}
	}
}

function heapSite({ site, bytes, count, samples, rate, looked }: HeapEntry): AllocationSite {
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
		lifetimes:
			looked === 0
				? undefined
				: {
						...{ tick: 0, minor: 1 - survivors, major: survivors - live, retained: live },
						...{ samples: looked, isLate: false },
					},
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
