/**
 * What `--json` writes, and all that a view (the table, the page) may read: a view of a saved file is the view of the run.
 * Plain data only. Bytes, nanoseconds for latencies and milliseconds elsewhere, unless a name says otherwise.
 */

/** Grows when a field changes its meaning or goes away. */
export const FORMAT = 2;

export type Report = BenchReport | AdviseReport | CheckReport;

/** What every report begins with. */
export interface ReportHead {
	readonly format: typeof FORMAT;
	/** When the run began, in ISO 8601. */
	readonly date: string;
	/** The version of `@ebbpool/cli`. */
	readonly version: string;
	readonly machine: Machine;
	readonly runtime: Runtime;
	/** The run was ended by Ctrl-C: what is here is what was done by then. */
	readonly interrupted: boolean;
}

export interface Machine {
	readonly platform: string;
	readonly release: string;
	readonly architecture: string;
	/** The processor's own name for itself, as far as the system tells. */
	readonly processor: string | undefined;
	readonly processors: number;
	readonly memory: number;
	/** glibc's version, where that is the C library. */
	readonly glibc: string | undefined;
}

export interface Runtime {
	readonly name: "Node" | "Bun" | "Deno";
	readonly version: string;
	/** As in "V8 11.3.244.8". */
	readonly engine: string;
	readonly versions: Readonly<Record<string, string | undefined>>;
	/** Options and variables of the environment that change how memory is allocated or collected. */
	readonly environment: Readonly<Record<string, string>>;
}

/** The median, and between which two values it lies with 95 % confidence. */
export interface Estimate {
	readonly median: number;
	readonly low: number;
	readonly high: number;
}

/** How much of a whole falls below each bound: `counts[i]` is from `bounds[i - 1]` (or 0) up to `bounds[i]`; the last has no bound. */
export interface Histogram {
	readonly bounds: readonly number[];
	readonly counts: readonly number[];
}

/** What one pool did. */
export interface PoolFigures {
	readonly name: string | undefined;
	/** Where several pools have that name, or none, how many are summed up here. */
	readonly pools: number;
	readonly gets: number | undefined;
	readonly hits: number | undefined;
	readonly misses: number;
	readonly evicted: number;
	/** Items in the pool at the end. */
	readonly pooled: number;
	/** Bytes in the pool at the end, where the kind of pool knows. */
	readonly bytes: number | undefined;
}

// ── bench ────────────────────────────────────────────────────────────────────

/** The ways in which a workload gets its memory, from the cheapest remedy to the dearest. */
export const WAYS = ["fresh", "tuned", "byHand", "pooled"] as const;
export type Way = (typeof WAYS)[number];

export interface BenchReport extends ReportHead {
	readonly kind: "bench";
	readonly settings: BenchSettings;
	readonly workloads: readonly WorkloadResult[];
}

export interface BenchSettings {
	/** The timed windows of one way of one workload, all together. */
	readonly seconds: number;
	readonly sittings: number;
	readonly roundsPerSitting: number;
	readonly windowMs: number;
	/** How long allocations are counted, after the windows. */
	readonly countMs: number;
	readonly ways: readonly Way[];
	/** Megabytes of ordinary objects that live throughout. */
	readonly liveMegabytes: number;
	/** Operations under way at a time; undefined: as many as each workload has by itself. */
	readonly concurrency: number | undefined;
	/** What `tuned` sets. */
	readonly tuning: Tuning;
}

/** Settings of the allocator and the engine, which help without a change of code. */
export interface Tuning {
	readonly environment: Readonly<Record<string, string>>;
	readonly flags: readonly string[];
}

export type WorkloadResult = WorkloadComparison | WorkloadFailure;

export interface WorkloadTitle {
	readonly name: string;
	/** What one operation does, in a few words. */
	readonly summary: string;
	readonly warmUpMs: number;
}

export interface WorkloadFailure extends WorkloadTitle {
	readonly error: string;
}

export interface WorkloadComparison extends WorkloadTitle {
	readonly verdict: Verdict;
	/** Operations per second, pooled / fresh. */
	readonly ratio: Estimate;
	/** Operations per second of each way measured, divided by those of `fresh`; and of `pooled` by each. */
	readonly overFresh: Readonly<Partial<Record<Way, Estimate>>>;
	readonly pooledOver: Readonly<Partial<Record<Way, Estimate>>>;
	readonly fresh: WayFigures;
	readonly tuned?: WayFigures;
	/** Not there where it was not asked for, and where memory cannot be reused by hand. */
	readonly byHand?: WayFigures;
	readonly pooled: WayFigures;
	readonly sittings: readonly Sitting[];
}

/** What to do, and why in a few words. */
export interface Verdict {
	readonly advice: Advice;
	readonly text: string;
}

export type Advice =
	| "tune"
	| "tune for pauses"
	| "by hand"
	| "pool"
	| "pool for pauses"
	| "too close to call"
	| "don't";

/** Of one way: the median of its rounds, and of the figures of its sittings. */
export interface WayFigures extends Sample {
	readonly operationsPerSecond: number;
	readonly interval: Omit<Estimate, "median">;
}

/** A new process for each way; in each round every way runs once. */
export interface Sitting {
	readonly rounds: readonly Round[];
	readonly samples: Readonly<Partial<Record<Way, Sample>>>;
}

/** Operations per second of each way, measured right after one another. */
export type Round = Readonly<Partial<Record<Way, number>>>;

/** What one process measured over all of its windows. Undefined: this runtime does not tell. */
export interface Sample {
	readonly latency: Latency;
	readonly collections: Collections | undefined;
	readonly allocatedPerOperation: { readonly heap: number; readonly offHeap: number } | undefined;
	/** Of the whole process. */
	readonly peakRss: number;
	/** How it went over time; of a summary, that of the first sitting. */
	readonly timeline: Timeline;
	/** What the pool of `pooled` did, where there is one. */
	readonly pool: PoolFigures | undefined;
}

/** In nanoseconds. */
export interface Latency {
	readonly p50: number;
	readonly p99: number;
	/** From 0 to 100, with the latency at each. */
	readonly percentiles: readonly (readonly [percentile: number, nanoseconds: number])[];
}

export interface Collections {
	readonly minorPerSecond: number;
	readonly majorPerSecond: number;
	/** Milliseconds per second for which collections stopped the program. */
	readonly pauseMsPerSecond: number;
}

/** Columns of equal length; all windows one after the other, without the time between. */
export interface Timeline {
	/** Milliseconds of measured time at the end of each step. */
	readonly at: readonly number[];
	/** Undefined where operations are counted in another process. */
	readonly operationsPerSecond: readonly number[] | undefined;
	/** Bytes in use. */
	readonly heap: readonly number[];
	readonly offHeap: readonly number[];
	/** Each collection in those windows. */
	readonly pauses: readonly (readonly [at: number, milliseconds: number, kind: "minor" | "major"])[];
}

// ── advise ───────────────────────────────────────────────────────────────────

export interface AdviseReport extends ReportHead {
	readonly kind: "advise";
	readonly program: ProgramRun;
	/** From the most to the least that a pool would save, then by bytes. */
	readonly sites: readonly AllocationSite[];
	/** Where the heap's bytes were allocated, as a tree of functions; its width is bytes. */
	readonly icicle: AllocationFrame | undefined;
	readonly pools: readonly PoolFigures[];
	readonly collections: Collections | undefined;
	/** Bytes that native code allocated for itself: totalled, not sited. */
	readonly nativeBytes: number | undefined;
	/** What `--prove` changed and measured. */
	readonly proofs: readonly Proof[];
}

/** A program of the user's, as it was run. */
export interface ProgramRun {
	readonly command: readonly string[];
	readonly seconds: number;
	readonly status: number | null;
	readonly signal: string | null;
	/** Processes and threads that were looked into, and those that were killed before they could tell. */
	readonly watched: number;
	readonly lost: readonly string[];
}

export interface SourcePosition {
	/** A path relative to where the program was started, where it is below that; source maps are followed. */
	readonly file: string;
	/** From 1. */
	readonly line: number;
	/** From 1; undefined where only the function is known. */
	readonly column: number | undefined;
}

export interface AllocationSite {
	readonly memory: "heap" | "off-heap";
	/** What is allocated, as in "Buffer" or "deflate context". */
	readonly what: string;
	readonly functionName: string | undefined;
	readonly position: SourcePosition | undefined;
	readonly bytes: number;
	readonly count: number;
	readonly bytesPerSecond: number;
	readonly countPerSecond: number;
	/** By bytes of a single allocation. */
	readonly sizes: Histogram;
	/** Shares of the site's bytes that add up to 1. */
	readonly lifetimes: Lifetimes | undefined;
	/** The share of the program's collection time that is this site's, from 0 to 1, and how it was computed. */
	readonly collectionShare: number | undefined;
	readonly collectionFormula: string | undefined;
	/** How an item outlives the call, as in "given to a callback"; undefined: as far as can be told, it does not. */
	readonly escapes: string | undefined;
	readonly verdict: SiteVerdict;
}

export interface Lifetimes {
	readonly withinTick: number;
	readonly beforeMinor: number;
	readonly beforeMajor: number;
	readonly retained: number;
}

export interface SiteVerdict {
	/** From the cheapest to the dearest. */
	readonly remedy: "nothing" | "allocator" | "flags" | "variable" | "slab" | "pool" | "shared pool";
	readonly text: string;
	/** Why, in a sentence. */
	readonly reason: string;
	/** How many times less processor time the same work is expected to take. */
	readonly estimate: number | undefined;
	/** For a pool: the lines to write. */
	readonly code: string | undefined;
}

export interface AllocationFrame {
	readonly functionName: string;
	readonly position: SourcePosition | undefined;
	/** Bytes allocated here and below. */
	readonly bytes: number;
	readonly children: readonly AllocationFrame[];
}

export interface Proof {
	/** Index in `sites`. */
	readonly site: number;
	/** Why nothing was changed; undefined where the change was made. */
	readonly refused: string | undefined;
	/** The change, as a patch. */
	readonly patch: string | undefined;
	/** Processor time for the same work, before / after. */
	readonly gain: Estimate | undefined;
	readonly checksClean: boolean | undefined;
}

// ── check ────────────────────────────────────────────────────────────────────

export interface CheckReport extends ReportHead {
	readonly kind: "check";
	readonly program: ProgramRun;
	/** Which checks were on. */
	readonly checks: readonly string[];
	readonly violations: readonly ViolationGroup[];
	readonly pools: readonly PoolFigures[];
}

/** Violations of one kind, of one pool, with the same stacks. */
export interface ViolationGroup {
	/** As `PoolViolation` has it. */
	readonly kind: string;
	readonly pool: string | undefined;
	readonly message: string;
	readonly count: number;
	/** As in "got at", "put at", each with its frames from the innermost out. */
	readonly stacks: readonly { readonly title: string; readonly frames: readonly string[] }[];
}
