import type { Sitting } from "../measure/compare.ts";
import type { Sample, Throughput } from "../measure/sample.ts";
import type { Variant, Workload } from "../workloads/workload.ts";
import { type Interval, median, medianInterval } from "./statistics.ts";
import { judge, type Verdict } from "./verdict.ts";

/** Of one variant: the median of its rounds, and of the figures of its sittings. */
export type Summary = Throughput & Sample;

/** How many times as many operations per second pooled did as fresh: the median round, and how sure that is. */
export interface Ratio extends Interval {
	readonly median: number;
}

export interface Comparison {
	readonly workload: Workload;
	readonly sittings: readonly Sitting[];
	readonly summaries: Readonly<Record<Variant, Summary>>;
	readonly ratio: Ratio;
	readonly verdict: Verdict;
}

export interface Failure {
	readonly workload: Workload;
	readonly error: Error;
}

export type Outcome = Comparison | Failure;

export function summarize(workload: Workload, sittings: readonly Sitting[]): Comparison {
	const summaries = { fresh: summary(sittings, "fresh"), pooled: summary(sittings, "pooled") };
	const ratios = sittings.flatMap(({ rounds }) => rounds.map(({ fresh, pooled }) => pooled / fresh));
	const ratio = { median: median(ratios), ...medianInterval(ratios) };
	return { workload, sittings, summaries, ratio, verdict: judge(sittings, summaries, ratio) };
}

function summary(sittings: readonly Sitting[], variant: Variant): Summary {
	const of = (figure: (sample: Sample) => number): number =>
		median(sittings.map(({ samples }) => figure(samples[variant])));
	return {
		operationsPerSecond: median(sittings.flatMap(({ rounds }) => rounds.map((round) => round[variant]))),
		latency: { p50: of(({ latency }) => latency.p50), p99: of(({ latency }) => latency.p99) },
		allocatedPerOperation: {
			heap: of(({ allocatedPerOperation }) => allocatedPerOperation.heap),
			offHeap: of(({ allocatedPerOperation }) => allocatedPerOperation.offHeap),
		},
		collections: {
			minorPerSecond: of(({ collections }) => collections.minorPerSecond),
			majorPerSecond: of(({ collections }) => collections.majorPerSecond),
			pauseMsPerSecond: of(({ collections }) => collections.pauseMsPerSecond),
		},
		peakRss: of(({ peakRss }) => peakRss),
	};
}
