import type {
	Collections,
	Estimate,
	Round,
	Sample,
	Sitting,
	Tuning,
	Way,
	WayFigures,
	WorkloadComparison,
	WorkloadTitle,
} from "../report/model.ts";
import { WAYS } from "../report/model.ts";
import { median, medianInterval } from "../report/statistics.ts";
import { judge } from "./verdict.ts";

/** The medians of all that was measured of a workload, and what they say. */
export function summarize(
	{ name, summary, warmUpMs }: WorkloadTitle,
	sittings: readonly Sitting[],
	tuning: Tuning,
): WorkloadComparison {
	const ways = WAYS.filter((way) => sittings.every(({ samples }) => samples[way] !== undefined));
	const figures = Object.fromEntries(ways.map((way) => [way, figuresOf(sittings, way)]));
	const rounds = sittings.flatMap((sitting) => sitting.rounds);
	const over = (way: Way, base: Way): Estimate =>
		estimate(rounds.map((round) => speed(round, way) / speed(round, base)));
	const comparison = {
		ratio: over("pooled", "fresh"),
		overFresh: Object.fromEntries(ways.map((way) => [way, over(way, "fresh")])),
		pooledOver: Object.fromEntries(ways.map((way) => [way, over("pooled", way)])),
		fresh: figures.fresh as WayFigures,
		...(figures.tuned && { tuned: figures.tuned }),
		...(figures.byHand && { byHand: figures.byHand }),
		pooled: figures.pooled as WayFigures,
		sittings,
	};
	return { name, summary, warmUpMs, verdict: judge(comparison, tuning), ...comparison };
}

function speed(round: Round, way: Way): number {
	const operationsPerSecond = round[way];
	if (operationsPerSecond === undefined) throw new Error(`a round without ${way}`);
	return operationsPerSecond;
}

function estimate(values: readonly number[]): Estimate {
	return { median: median(values), ...medianInterval(values) };
}

function figuresOf(sittings: readonly Sitting[], way: Way): WayFigures {
	const samples = sittings.map((sitting) => sitting.samples[way] as Sample);
	const first = samples[0] as Sample;
	const { median: operationsPerSecond, ...interval } = estimate(
		sittings.flatMap(({ rounds }) => rounds.map((round) => speed(round, way))),
	);
	const of = (figure: (sample: Sample) => number): number => median(samples.map(figure));
	return {
		operationsPerSecond,
		interval,
		latency: {
			p50: of(({ latency }) => latency.p50),
			p99: of(({ latency }) => latency.p99),
			percentiles: first.latency.percentiles.map(([percentile], at) => [
				percentile,
				of(({ latency }) => latency.percentiles[at]?.[1] ?? 0),
			]),
		},
		allocatedPerOperation: first.allocatedPerOperation && {
			heap: of(({ allocatedPerOperation }) => allocatedPerOperation?.heap ?? 0),
			offHeap: of(({ allocatedPerOperation }) => allocatedPerOperation?.offHeap ?? 0),
		},
		collections: first.collections && mediansOf(samples.flatMap(({ collections }) => collections ?? [])),
		peakRss: of(({ peakRss }) => peakRss),
		timeline: first.timeline,
		pool: first.pool,
	};
}

function mediansOf(collections: readonly Collections[]): Collections {
	const of = (figure: keyof Collections): number => median(collections.map((each) => each[figure]));
	return {
		minorPerSecond: of("minorPerSecond"),
		majorPerSecond: of("majorPerSecond"),
		pauseMsPerSecond: of("pauseMsPerSecond"),
	};
}
