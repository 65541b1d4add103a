import * as Plot from "@observablehq/plot";
import type { WorkloadComparison } from "../model.ts";
import { duration } from "../units.ts";
import { chart } from "./chart.ts";
import type { Markup } from "./html.ts";
import { measuredWays, WAY_COLOURS } from "./ways.ts";

/** The percentiles that the axis names. */
const TICKS = [0, 50, 90, 99, 99.9, 99.99];

/** The axis reaches at least as far. */
const LEAST_LAST = 99;

/** Each further nine as wide as the one before, which is where latencies differ; 100 % would be infinitely far away. */
const nines = (percentile: number): number => -Math.log10(1 - Math.min(percentile, 99.995) / 100);

/** How long operations took, by percentile. */
export function latencyChart(workload: WorkloadComparison): Markup {
	const ways = measuredWays(workload);
	const data = ways.flatMap(({ title, figures: { latency } }) =>
		latency.percentiles
			.filter(([percentile]) => percentile < 100)
			.map(([percentile, nanoseconds]) => ({ way: title, percentile, at: nines(percentile), nanoseconds })),
	);
	return chart({
		title: "Latency by percentile",
		description: ways
			.map(
				({ title, figures: { latency } }) =>
					`${title}: p50 ${duration(latency.p50)}, p99 ${duration(latency.p99)}`,
			)
			.join("; "),
		options: {
			marginLeft: 58,
			marginRight: 24,
			x: {
				label: "percentile",
				domain: [0, Math.max(nines(LEAST_LAST), ...data.map(({ at }) => at))],
				ticks: TICKS.map(nines),
				tickFormat: (_: number, i: number) => `${TICKS[i]}`,
			},
			y: { type: "log", label: "latency", grid: true, ticks: 4, tickFormat: (ns: number) => duration(ns) },
			color: WAY_COLOURS,
			marks: [
				Plot.line(data, { x: "at", y: "nanoseconds", z: "way", stroke: "way", strokeWidth: 2 }),
				Plot.dot(data, {
					x: "at",
					y: "nanoseconds",
					fill: "way",
					r: 3,
					title: (point: (typeof data)[number]) =>
						`${point.way}, ${point.percentile} %: ${duration(point.nanoseconds)}`,
				}),
			],
		},
	});
}
