import * as Plot from "@observablehq/plot";
import type { WorkloadComparison } from "../model.ts";
import { bytes, count, duration } from "../units.ts";
import { chart } from "./chart.ts";
import type { Markup } from "./html.ts";
import { measuredWays, WAY_COLOURS } from "./ways.ts";

interface Step {
	readonly at: number;
	readonly way: string;
	readonly value: number;
}

const MILLISECONDS = { label: "ms of measured time", ticks: 5 };

/** How throughput, memory and pauses went over the windows of the first sitting; what a runtime does not tell is left out. */
export function timelineCharts(workload: WorkloadComparison): readonly Markup[] {
	const heap = steps(workload, ({ heap }) => heap);
	const offHeap = steps(workload, ({ offHeap }) => offHeap);
	const end = endOf(workload);
	const memory = { tickFormat: bytes, marginLeft: 62, end };
	const speed = steps(workload, ({ operationsPerSecond }) => operationsPerSecond);
	return [
		...(speed.length > 0 ? [lines("Throughput over time", "ops/s", speed, { tickFormat: count, end })] : []),
		lines("Memory in the JavaScript heap", "in use", heap, memory),
		lines("Memory in ArrayBuffers", "in use", offHeap, memory),
		pausesChart(workload),
	];
}

/** All charts of a workload show the same stretch of time. */
function endOf(workload: WorkloadComparison): number {
	return Math.max(1, ...measuredWays(workload).map(({ figures }) => figures.timeline.at.at(-1) ?? 0));
}

type Columns = WorkloadComparison["fresh"]["timeline"];

function steps(
	workload: WorkloadComparison,
	column: (timeline: Columns) => readonly number[] | undefined,
): readonly Step[] {
	return measuredWays(workload).flatMap(({ title, figures: { timeline } }) => {
		const values = column(timeline) ?? [];
		return values.map((value, i) => ({ at: timeline.at[i] ?? 0, way: title, value }));
	});
}

interface Axis {
	readonly tickFormat: (value: number) => string;
	readonly marginLeft?: number;
	/** Where the axis of time ends. */
	readonly end: number;
}

function lines(
	title: string,
	label: string,
	data: readonly Step[],
	{ tickFormat, marginLeft = 48, end }: Axis,
): Markup {
	return chart({
		title,
		description: mostAndLeast(data, tickFormat),
		options: {
			marginLeft,
			x: { ...MILLISECONDS, domain: [0, end] },
			y: { label, grid: true, zero: true, ticks: 5, tickFormat },
			color: WAY_COLOURS,
			marks: [
				Plot.ruleY([0]),
				Plot.line([...data], { x: "at", y: "value", z: "way", stroke: "way", strokeWidth: 1.75 }),
			],
		},
	});
}

function mostAndLeast(data: readonly Step[], format: (value: number) => string): string {
	const ways = [...new Set(data.map(({ way }) => way))];
	return ways
		.map((way) => {
			const values = data.filter((step) => step.way === way).map(({ value }) => value);
			return `${way}: ${format(Math.min(...values))} to ${format(Math.max(...values))}`;
		})
		.join("; ");
}

/** Each collection as a needle as long as its pause. */
function pausesChart(workload: WorkloadComparison): Markup {
	const ways = measuredWays(workload);
	const data = ways.flatMap(({ title, figures }) =>
		figures.timeline.pauses.map(([at, milliseconds, kind]) => ({ at, way: title, milliseconds, kind })),
	);
	const counts = ways.map(({ title, figures }) => `${title}: ${figures.timeline.pauses.length}`);
	return chart({
		title: "Pauses for collections",
		description: `How many, and how long. ${counts.join("; ")}`,
		options: {
			x: { ...MILLISECONDS, domain: [0, endOf(workload)] },
			y: {
				label: "pause, ms",
				grid: true,
				zero: true,
				ticks: 5,
				...(data.length === 0 && { domain: [0, 1] }),
			},
			color: WAY_COLOURS,
			marks: [
				Plot.ruleY([0]),
				Plot.ruleX(data, { x: "at", y1: 0, y2: "milliseconds", stroke: "way", strokeWidth: 1.5 }),
				Plot.dot(data, {
					x: "at",
					y: "milliseconds",
					stroke: "way",
					fill: (pause: (typeof data)[number]) => (pause.kind === "major" ? pause.way : "var(--page)"),
					r: 3,
					title: (pause: (typeof data)[number]) =>
						`${pause.way}: ${pause.kind} collection, ${duration(pause.milliseconds * 1e6)}`,
				}),
			],
		},
	});
}
