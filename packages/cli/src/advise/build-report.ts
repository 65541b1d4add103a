import { relative, sep } from "node:path";
import type { Ending } from "../program/run-program.ts";
import { glibcVersion, reportHead } from "../report/head.ts";
import type { AdviseReport, AllocationSite as ReportedSite } from "../report/model.ts";
import { type CollectionCauses, collectionCauses, collectionMs } from "./collection-share.ts";
import type { EscapeKind } from "./escape/flow.ts";
import { icicleOf } from "./icicle.ts";
import { type JudgedSite, judgeSites } from "./judged-site.ts";
import { NO_PRICES, type PriceList, priceList } from "./price-list.ts";
import type { ThreadReport } from "./probe/thread-report.ts";
import { type AllocationSite, heapSites, offHeapSites, ratio, sum } from "./sites.ts";
import { SourceMaps } from "./source-maps.ts";
import { type Advice, adviseOn, type ProgramFacts } from "./verdict.ts";

/** Sites below this share of what is allocated on their side of the heap are not told of, … */
const LEAST_SHARE = 0.002;
/** … nor are more than these. */
const MOST_SITES = 40;
/** Prices are asked for the sites with the most bytes and the most allocations. */
const PRICED = 12;

export interface ProgramEvidence {
	readonly command: readonly string[];
	readonly began: Date;
	readonly ending: Ending;
	readonly interrupted: boolean;
	readonly threads: readonly ThreadReport[];
	readonly heapProfile: string | undefined;
}

/** A site with the advice on it, in the order of the report. */
export interface AdvisedSite {
	readonly judged: JudgedSite;
	readonly advice: Advice;
	readonly reported: ReportedSite;
}

export interface AdviceResult {
	readonly report: AdviseReport;
	readonly sites: readonly AdvisedSite[];
	readonly causes: CollectionCauses;
	readonly program: ProgramFacts;
}

/** Judges all that the probes saw. */
export async function buildReport(evidence: ProgramEvidence): Promise<AdviceResult> {
	const { threads, command, ending } = evidence;
	const causes = collectionCauses(threads);
	const sites = [...worthTelling(offHeapSites(threads)), ...worthTelling(heapSites(threads))];
	const program = factsOf(threads, causes);
	const prices = await pricesOf(threads, sites, program.tunable);
	const pageFaults = sum(mainThreads(threads), (thread) => thread.pageFaults);
	const systemMs = sum(mainThreads(threads), (thread) => thread.systemMs);
	const helperMs = helperCpuMs(threads);
	const maps = new SourceMaps();
	const seconds = sum(mainThreads(threads), ({ wallMs }) => wallMs) / 1000;
	const advised = judgeSites(sites, { causes, prices, pageFaults, systemMs, helperMs })
		.map((judged) => {
			const advice = adviseOn(judged, program);
			return { judged, advice, reported: reported(judged, advice, { causes, maps, seconds }) };
		})
		.sort((a, b) => b.judged.own.byPool - a.judged.own.byPool || b.judged.site.bytes - a.judged.site.bytes);
	const longest = Math.max(0, ...threads.map(({ wallMs }) => wallMs)) / 1000;
	const report: AdviseReport = {
		...reportHead(evidence.began, evidence.interrupted),
		kind: "advise",
		program: {
			command,
			seconds: longest,
			status: ending.code,
			signal: ending.signal,
			watched: threads.length,
			lost: threads.filter(({ complete }) => !complete).map(describeLost),
		},
		sites: advised.map(({ reported: site }) => site),
		icicle: evidence.heapProfile === undefined ? undefined : icicleOf(evidence.heapProfile, shown),
		pools: [],
		collections: {
			minorPerSecond: ratio(causes.totals.minor.count, longest),
			majorPerSecond: ratio(causes.totals.major.count, longest),
			pauseMsPerSecond: ratio(causes.totals.minor.ms + causes.totals.major.ms, longest),
		},
		nativeBytes: nativeBytes(threads, causes),
		proofs: [],
	};
	return { report, sites: advised, causes, program };
}

function factsOf(threads: readonly ThreadReport[], causes: CollectionCauses): ProgramFacts {
	const { minor, major } = causes.totals;
	return {
		cpuMs: sum(mainThreads(threads), ({ cpuMs }) => cpuMs),
		collectionMs: (minor.ms + major.ms) * causes.cpuShare,
		majorByOffHeap: causes.majorByOffHeap,
		nodeMajor: Number.parseInt(threads[0]?.node.slice(1) ?? "0", 10),
		tunable: glibcVersion() !== undefined && process.env["MALLOC_MMAP_THRESHOLD_"] === undefined,
	};
}

/** Undefined where no thread ran until the window in which it is counted. */
function nativeBytes(threads: readonly ThreadReport[], causes: CollectionCauses): number | undefined {
	if (threads.every(({ allOffHeap }) => allOffHeap === undefined)) return undefined;
	return Math.max(0, causes.offHeapBytes - causes.sitedBytes);
}

/** What all processes took that no thread of the program did. */
function helperCpuMs(threads: readonly ThreadReport[]): number | undefined {
	let ms = sum(mainThreads(threads), ({ processCpuMs }) => processCpuMs);
	for (const { threadCpuMs } of threads) {
		if (threadCpuMs === undefined) return undefined;
		ms -= threadCpuMs;
	}
	return Math.max(0, ms);
}

function mainThreads(threads: readonly ThreadReport[]): readonly ThreadReport[] {
	return threads.filter(({ isMainThread }) => isMainThread);
}

function worthTelling(sites: readonly AllocationSite[]): readonly AllocationSite[] {
	const bytes = sum(sites, (site) => site.bytes);
	const count = sum(sites, (site) => site.count);
	return sites
		.filter((site) => site.bytes >= bytes * LEAST_SHARE || site.count >= count * LEAST_SHARE)
		.slice(0, MOST_SITES);
}

async function pricesOf(
	threads: readonly ThreadReport[],
	sites: readonly AllocationSite[],
	tunable: boolean,
): Promise<PriceList> {
	const [first] = threads;
	const offHeap = sites.filter(({ kind, inHeapShare }) => kind === "off-heap" && inHeapShare < 0.5);
	if (first === undefined || offHeap.length === 0) return NO_PRICES;
	const byCount = offHeap.toSorted((a, b) => b.count - a.count);
	const chosen = new Set([...offHeap.slice(0, PRICED), ...byCount.slice(0, PRICED)]);
	return priceList(first.executable, [...chosen], tunable);
}

interface Context {
	readonly causes: CollectionCauses;
	readonly maps: SourceMaps;
	readonly seconds: number;
}

function reported({ site, flow }: JudgedSite, { verdict }: Advice, context: Context): ReportedSite {
	const { causes, maps, seconds } = context;
	const { kind, what, functionName, bytes, count, sizes, lifetimes } = site;
	const { file, line, column } = maps.original(site);
	return {
		memory: kind,
		what,
		functionName: functionName === "" ? undefined : functionName,
		// The heap's samples name a function, and where it begins.
		position: { file: shown(file), line, column: kind === "heap" ? undefined : column },
		bytes,
		count,
		bytesPerSecond: ratio(bytes, seconds),
		countPerSecond: ratio(count, seconds),
		sizes: { bounds: sizes.map(({ to }) => to), counts: [...sizes.map(({ count: of }) => of), 0] },
		lifetimes: lifetimes && {
			withinTick: lifetimes.tick,
			beforeMinor: lifetimes.minor,
			beforeMajor: lifetimes.major,
			retained: lifetimes.retained,
		},
		collectionShare: ratio(collectionMs(site, causes), causes.totals.minor.ms + causes.totals.major.ms),
		collectionFormula: causes.formula,
		escapes: flow === undefined ? undefined : escapeText(flow.escapes),
		verdict,
	};
}

/** What says most about how long the value may live comes first. */
const KINDS: readonly EscapeKind[] = [
	...(["posted", "stored", "returned", "captured", "yielded", "thrown", "passed", "unknown"] as const),
];

function escapeText(
	escapes: readonly { kind: EscapeKind; text: string; line: number }[],
): string | undefined {
	const found = KINDS.map((kind) => escapes.find((one) => one.kind === kind)).find(
		(one) => one !== undefined,
	);
	return found && `${found.text} (line ${found.line})`;
}

function describeLost({ pid, threadId, isMainThread, command }: ThreadReport): string {
	const who = isMainThread ? `process ${pid}` : `thread ${threadId} of process ${pid}`;
	return `${who} (${command.join(" ")}) was ended before it could report: what it wrote until then is counted, its heap is not`;
}

/** Relative to where the program was started, where it is below that. */
function shown(file: string): string {
	const path = relative(process.cwd(), file);
	return path.startsWith(`..${sep}`) || file.startsWith("node:") || path === "" ? file : path;
}
