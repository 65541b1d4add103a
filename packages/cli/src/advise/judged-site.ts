import { basename } from "node:path";
import { type CollectionCauses, collectionMs } from "./collection-share.ts";
import { escapeOf, type SiteFlow } from "./escape/escape-of.ts";
import { type ParsedSource, parseFile } from "./escape/parse.ts";
import type { Price, PriceList } from "./price-list.ts";
import { type AllocationSite, sum } from "./sites.ts";

/** Milliseconds of CPU that could be saved. */
export interface Savings {
	/** By a pool, at best. */
	readonly byPool: number;
	/** By the allocator's settings alone. */
	readonly byTuning: number;
	/** In collections, which is a part of what a pool saves. */
	readonly inCollections: number;
}

/** A site with all that the verdict rests on. */
export interface JudgedSite {
	readonly site: AllocationSite;
	/** Milliseconds of CPU. */
	readonly own: Savings;
	/** The same of all sites of its function together: one object often has several arrays. */
	readonly group: Savings;
	readonly flow: SiteFlow | undefined;
}

/** A collection that stops the thread keeps helper threads busy as well. */
const COLLECTION_CPU_FACTOR = 1.3;

/** Smaller blocks share their pages with others. */
const FAULTING_SIZE = 4096;

export interface Evidence {
	readonly causes: CollectionCauses;
	readonly prices: PriceList;
	/** Of the whole program. */
	readonly pageFaults: number;
	/** CPU milliseconds that the system took for the whole program: page faults are a part of them. */
	readonly systemMs: number;
}

export function judgeSites(sites: readonly AllocationSite[], evidence: Evidence): readonly JudgedSite[] {
	const sources = new Map<string, ParsedSource | undefined>();
	const faulting = sum(sites.filter(faults), ({ bytes }) => bytes);
	const judged = sites.map((site) => {
		const ms = collectionMs(site, evidence.causes) * evidence.causes.cpuShare;
		const reusable = 1 - (site.lifetimes?.retained ?? 0);
		const price = evidence.prices.of(site) ?? NO_PRICE;
		// What V8 keeps in the heap is as cheap as any small object.
		const calls = site.count * (1 - site.inHeapShare) * reusable;
		const pages = faults(site)
			? Math.min(calls * price.faults, (evidence.pageFaults * site.bytes * reusable) / faulting)
			: 0;
		const faultMs = Math.min(
			(pages * evidence.prices.pageFaultNs) / 1e6,
			(evidence.systemMs * pages) / evidence.pageFaults || 0,
		);
		const fresh = (calls * ((site.callNs ?? price.freshNs) - price.pooledNs)) / 1e6;
		const inCollections = ms * reusable * COLLECTION_CPU_FACTOR;
		const own: Savings = {
			byPool: Math.max(0, fresh) + faultMs + inCollections,
			byTuning: faultMs * price.avoidedFaults,
			inCollections,
		};
		return { site, own, flow: flowOf(site, sources) };
	});
	const groups = new Map<string, Savings>();
	for (const { site, own } of judged) groups.set(groupOf(site), add(groups.get(groupOf(site)) ?? NONE, own));
	return judged.map((one) => ({ ...one, group: groups.get(groupOf(one.site)) ?? one.own }));
}

const NONE: Savings = { byPool: 0, byTuning: 0, inCollections: 0 };

function add(a: Savings, b: Savings): Savings {
	return {
		byPool: a.byPool + b.byPool,
		byTuning: a.byTuning + b.byTuning,
		inCollections: a.inCollections + b.inCollections,
	};
}

const NO_PRICE: Price = { freshNs: 0, pooledNs: 0, faults: 0, avoidedFaults: 0 };

function faults({ kind, meanSize, what }: AllocationSite): boolean {
	return kind === "off-heap" && meanSize >= FAULTING_SIZE && !what.startsWith("zlib.");
}

function groupOf({ kind, file, functionName }: AllocationSite): string {
	return `${kind} ${file} ${functionName}`;
}

function flowOf(site: AllocationSite, sources: Map<string, ParsedSource | undefined>): SiteFlow | undefined {
	// What the value of a call to zlib is, is not what it allocated.
	if (site.kind === "heap" || site.file.startsWith("node:") || site.what.startsWith("zlib."))
		return undefined;
	if (!sources.has(site.file)) sources.set(site.file, parseFile(site.file));
	const source = sources.get(site.file);
	return source && escapeOf(source, site);
}

export function shortName({ file, functionName }: AllocationSite): string {
	return functionName === "" ? basename(file) : functionName;
}
