import { callCost } from "./call-cost.ts";
import { type CollectionCauses, collectionMs } from "./collection-share.ts";
import type { Price, PriceList } from "./price-list.ts";
import { type AllocationSite, ratio, sum } from "./sites.ts";

/** Milliseconds of CPU that could be saved. */
export interface Savings {
	/** By a pool, at best. */
	readonly byPool: number;
	/** By the allocator's settings alone. */
	readonly byTuning: number;
	/** In collections, which is a part of what a pool saves. */
	readonly inCollections: number;
}

export interface Evidence {
	readonly causes: CollectionCauses;
	readonly prices: PriceList;
	/** Of the whole program. */
	readonly pageFaults: number;
	/** CPU milliseconds that the system took for the whole program: page faults are a part of them. */
	readonly systemMs: number;
	/** CPU milliseconds of threads that are not the program's own; undefined where it cannot be told. */
	readonly helperMs: number | undefined;
}

/** A collection that stops the thread keeps helper threads busy as well: so much where nobody tells how much. */
const HELPERS_IN_COLLECTIONS = 0.3;

/** Smaller blocks share their pages with others. */
const FAULTING_SIZE = 4096;

const NO_PRICE: Price = {
	...{ freshNs: 0, pooledNs: 0, faults: 0, avoidedFaults: 0, pauseNs: 0, helperNs: undefined },
};

interface Counted {
	readonly site: AllocationSite;
	readonly price: Price;
	/** Allocations that something else could have taken the place of. */
	readonly calls: number;
	/** What they took themselves, … */
	readonly calmMs: number;
	/** … the pages that the system had to give meanwhile, … */
	readonly pagesWithinMs: number;
	/** … and those for what was written afterwards. */
	readonly pagesAfterMs: number;
}

/**
 * What reuse would save at each site: the allocating calls, the pages that the system has to give for them, the collections that they ask for, and
 * what other threads do to free them. What can be seen in the program is taken from there; the rest is what such allocations
 * take in a process that does nothing else.
 */
export function siteCosts(sites: readonly AllocationSite[], evidence: Evidence): readonly Savings[] {
	const { causes, prices, helperMs = Number.POSITIVE_INFINITY } = evidence;
	const all = counted(sites, evidence);
	const priced = sum(all, ({ calls, price }) => (calls * (price.helperNs ?? 0)) / 1e6);
	const helperScale = priced > helperMs ? helperMs / priced : 1;
	return all.map(({ site, price, calls, calmMs, pagesWithinMs, pagesAfterMs }) => {
		const pauses = Math.max(
			collectionMs(site, causes) * causes.cpuShare * reusable(site),
			(calls * price.pauseNs) / 1e6,
		);
		const helpers =
			price.helperNs === undefined
				? pauses * HELPERS_IN_COLLECTIONS
				: ((calls * price.helperNs) / 1e6) * helperScale;
		const pages = pagesWithinMs + pagesAfterMs;
		const seenAlone = (calls * price.faults * prices.pageFaultNs) / 1e6;
		return {
			byPool: Math.max(0, calmMs - (calls * price.pooledNs) / 1e6) + pages + pauses + helpers,
			byTuning: Math.min(pages, seenAlone) * price.avoidedFaults,
			inCollections: pauses + helpers,
		};
	});
}

function counted(
	sites: readonly AllocationSite[],
	{ prices, pageFaults, systemMs }: Evidence,
): readonly Counted[] {
	const all = sites.map((site) => {
		const price = prices.of(site) ?? NO_PRICE;
		// What V8 keeps in the heap is as cheap as any small object.
		const calls = (site.count - site.countInHeap) * reusable(site);
		const timed = callCost(site, prices.pageFaultNs);
		const calmNs = timed === undefined ? price.freshNs : calmCostNs(site, timed.calmNs, price);
		const withinMs = (calls * (timed?.pagesNs ?? 0)) / 1e6;
		return { site, price, calls, calmMs: (calls * calmNs) / 1e6, withinMs };
	});
	// The program had no more pages from the system than it says.
	const mostMs = (pageFaults * prices.pageFaultNs) / 1e6;
	const withinMs = sum(all, (one) => one.withinMs);
	const scale = Math.min(1, ratio(mostMs, withinMs));
	const leftMs = Math.min(systemMs, Math.max(0, mostMs - withinMs));
	const faulting = sum(sites.filter(faults), ({ bytes }) => bytes);
	return all.map(({ withinMs: ownMs, ...one }) => ({
		...one,
		pagesWithinMs: ownMs * scale,
		pagesAfterMs: faults(one.site)
			? Math.min(
					Math.max(0, (one.calls * one.price.faults * prices.pageFaultNs) / 1e6 - ownMs),
					ratio(leftMs * one.site.bytes * reusable(one.site), faulting),
				)
			: 0,
	}));
}

/**
 * What a large block takes depends on what the caches hold, which is as it is in the program. A small one takes so little that the clock, seldom
 * looked at and then slow, is much of what it shows; a loop on a busy machine comes out too high as well; so the lower of the two counts.
 */
function calmCostNs({ meanSize }: AllocationSite, timedNs: number, { freshNs }: Price): number {
	return meanSize < FAULTING_SIZE && freshNs > 0 ? Math.min(timedNs, freshNs) : timedNs;
}

function reusable({ lifetimes }: AllocationSite): number {
	return 1 - (lifetimes?.retained ?? 0);
}

function faults({ kind, meanSize, what }: AllocationSite): boolean {
	return kind === "off-heap" && meanSize >= FAULTING_SIZE && !what.startsWith("zlib.");
}
