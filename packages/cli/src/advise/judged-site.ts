import { basename } from "node:path";
import { type CollectionCauses, collectionMs } from "./collection-share.ts";
import { escapeOf, type SiteFlow } from "./escape/escape-of.ts";
import { type ParsedSource, parseFile } from "./escape/parse.ts";
import type { Price, PriceList } from "./price-list.ts";
import { type AllocationSite, sum } from "./sites.ts";

/** A site with all that the verdict rests on. */
export interface JudgedSite {
	readonly site: AllocationSite;
	/** Milliseconds of collections that are due to it. */
	readonly collectionMs: number;
	/** Milliseconds of CPU that a pool would save at best, and that the allocator's settings alone would. */
	readonly savedMs: number;
	readonly savedByTuningMs: number;
	/** What all sites of the same function would save together: one object often has several arrays. */
	readonly groupSavedMs: number;
	readonly flow: SiteFlow | undefined;
}

/** A collection that stops the thread keeps helper threads busy as well. */
const COLLECTION_CPU_FACTOR = 1.3;

/** Blocks that are smaller come from memory that the allocator keeps. */
const FAULTING_SIZE = 64 * 1024;
const PAGE = 4096;

export interface Evidence {
	readonly causes: CollectionCauses;
	readonly prices: PriceList;
	/** Of the whole program. */
	readonly pageFaults: number;
}

export function judgeSites(sites: readonly AllocationSite[], evidence: Evidence): readonly JudgedSite[] {
	const sources = new Map<string, ParsedSource | undefined>();
	const faulting = sum(sites.filter(faults), ({ bytes }) => bytes);
	const judged = sites.map((site) => {
		const ms = collectionMs(site, evidence.causes);
		const reusable = 1 - (site.lifetimes?.retained ?? 0);
		const pages = faults(site)
			? Math.min(site.bytes / PAGE, (evidence.pageFaults * site.bytes) / faulting) * reusable
			: 0;
		const price = evidence.prices.of(site) ?? NO_PRICE;
		// What V8 keeps in the heap is as cheap as any small object.
		const calls = site.count * (1 - site.inHeapShare) * reusable;
		const faultMs = (pages * evidence.prices.pageFaultNs) / 1e6;
		return {
			site,
			collectionMs: ms,
			savedMs: Math.max(0, (calls * (price.freshNs - price.pooledNs)) / 1e6 + faultMs) + ms * reusable * COLLECTION_CPU_FACTOR,
			savedByTuningMs: (calls * Math.max(0, price.freshNs - price.tunedNs)) / 1e6 + faultMs,
			flow: flowOf(site, sources),
		};
	});
	const groups = new Map<string, number>();
	for (const { site, savedMs } of judged) {
		if (site.kind === "off-heap") groups.set(groupOf(site), (groups.get(groupOf(site)) ?? 0) + savedMs);
	}
	return judged.map((one) => ({ ...one, groupSavedMs: groups.get(groupOf(one.site)) ?? one.savedMs }));
}

const NO_PRICE: Price = { freshNs: 0, tunedNs: 0, pooledNs: 0 };

function faults({ kind, meanSize, what }: AllocationSite): boolean {
	return kind === "off-heap" && meanSize >= FAULTING_SIZE && !what.startsWith("zlib.");
}

function groupOf({ file, functionName }: AllocationSite): string {
	return `${file} ${functionName}`;
}

function flowOf(site: AllocationSite, sources: Map<string, ParsedSource | undefined>): SiteFlow | undefined {
	if (site.kind === "heap" || site.file.startsWith("node:")) return undefined;
	if (!sources.has(site.file)) sources.set(site.file, parseFile(site.file));
	const source = sources.get(site.file);
	return source && escapeOf(source, site);
}

export function shortName({ file, functionName }: AllocationSite): string {
	return functionName === "" ? basename(file) : functionName;
}
