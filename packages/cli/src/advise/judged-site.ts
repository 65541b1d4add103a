import { basename } from "node:path";
import { escapeOf, type SiteFlow } from "./escape/escape-of.ts";
import { type ParsedSource, parseFile } from "./escape/parse.ts";
import { type Evidence, type Savings, siteCosts } from "./site-costs.ts";
import type { AllocationSite } from "./sites.ts";

/** A site with all that the verdict rests on. */
export interface JudgedSite {
	readonly site: AllocationSite;
	/** Milliseconds of CPU. */
	readonly own: Savings;
	/** The same of all sites of its function together: one object often has several arrays. */
	readonly group: Savings;
	readonly flow: SiteFlow | undefined;
}

export function judgeSites(sites: readonly AllocationSite[], evidence: Evidence): readonly JudgedSite[] {
	const sources = new Map<string, ParsedSource | undefined>();
	const costs = siteCosts(sites, evidence);
	const judged = sites.map((site, at) => ({
		site,
		own: costs[at] as Savings,
		flow: flowOf(site, sources),
	}));
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
