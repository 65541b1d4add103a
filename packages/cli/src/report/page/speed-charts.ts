import * as Plot from "@observablehq/plot";
import type { WorkloadComparison } from "../model.ts";
import { count, times } from "../units.ts";
import { CHART_WIDTH, chart } from "./chart.ts";
import type { Markup } from "./html.ts";
import { measuredWays, WAY_COLOURS } from "./ways.ts";

/** How many times as fast as fresh each way of each workload is, with the interval. */
export function speedOverview(workloads: readonly WorkloadComparison[], width: number): Markup {
	const data = workloads.flatMap((workload) =>
		measuredWays(workload).flatMap(({ way, title }) => {
			const over = workload.overFresh[way];
			return over === undefined || way === "fresh" ? [] : [{ workload: workload.name, way: title, ...over }];
		}),
	);
	const marginLeft = 24 + 7 * Math.max(...workloads.map(({ name }) => name.length), 4);
	const ways = new Set(data.map(({ way }) => way)).size;
	return chart({
		title: "Operations per second, as a multiple of fresh",
		description: data.map(({ workload, way, median }) => `${workload} ${way}: ${times(median)}`).join("; "),
		options: {
			width,
			height: 70 + workloads.length * (18 + 16 * ways),
			marginLeft,
			marginRight: 16,
			x: {
				type: "log",
				label: "times as fast as fresh →",
				grid: true,
				// The labels crowd towards the end.
				ticks: width > CHART_WIDTH ? 5 : 3,
				tickFormat: (t: number) => `${t}×`,
			},
			y: { axis: null, domain: WAY_COLOURS.domain.filter((way) => data.some((datum) => datum.way === way)) },
			fy: { label: null, domain: workloads.map(({ name }) => name) },
			color: WAY_COLOURS,
			facet: { data, y: "workload", marginLeft },
			marks: [
				Plot.ruleX([1], { stroke: "currentColor" }),
				Plot.ruleY(data, {
					y: "way",
					x1: "low",
					x2: "high",
					stroke: "way",
					strokeWidth: 3,
					strokeOpacity: 0.45,
				}),
				Plot.dot(data, {
					y: "way",
					x: "median",
					fill: "way",
					r: 5,
					title: (datum: (typeof data)[number]) =>
						`${datum.way}: ${times(datum.median)} (${times(datum.low)} to ${times(datum.high)})`,
				}),
			],
		},
	});
}

/** Operations per second of each round: what the intervals are made of. */
export function roundsChart(workload: WorkloadComparison): Markup {
	const ways = measuredWays(workload);
	const data = workload.sittings
		.flatMap(({ rounds }) => rounds)
		.flatMap((round, at) =>
			ways.map(({ way, title }) => ({ round: at + 1, way: title, speed: round[way] ?? Number.NaN })),
		);
	return chart({
		title: "Throughput of each round",
		description: ways
			.map(({ title, figures }) => `${title}: ${count(figures.operationsPerSecond)} ops/s`)
			.join("; "),
		options: {
			x: { label: "round", ticks: 6, interval: 1, tickFormat: (round: number) => `${round}` },
			y: { label: "ops/s", grid: true, zero: true, ticks: 5, tickFormat: (speed: number) => count(speed) },
			color: WAY_COLOURS,
			marks: [
				Plot.ruleY([0]),
				Plot.line(data, { x: "round", y: "speed", z: "way", stroke: "way", strokeWidth: 2 }),
				Plot.dot(data, {
					x: "round",
					y: "speed",
					fill: "way",
					r: 3,
					title: (datum: (typeof data)[number]) => `${datum.way}: ${count(datum.speed)} ops/s`,
				}),
			],
		},
	});
}
