import { markdownTable } from "markdown-table";
import type { Figure, Sample } from "../measure/sample.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { formatNumber, formatRatio, formatTime } from "./format.ts";
import type { Summary } from "./summary.ts";

const COLUMNS: Record<Figure, { readonly heading: string; readonly cell: (sample: Sample) => string }> = {
	time: { heading: "time", cell: ({ time }) => formatTime(time) },
	p99: { heading: "p99", cell: ({ p99 }) => formatTime(p99) },
	heapBytes: { heading: "heap B/op", cell: ({ heapBytes }) => formatNumber(heapBytes) },
	offHeapBytes: { heading: "off-heap B/op", cell: ({ offHeapBytes }) => formatNumber(offHeapBytes) },
	minor: { heading: "minor GCs/Mop", cell: ({ minor }) => formatNumber(minor) },
	major: { heading: "major GCs/Mop", cell: ({ major }) => formatNumber(major) },
	leftBytes: { heading: "bytes left", cell: ({ leftBytes }) => formatNumber(leftBytes) },
	residentBytes: { heading: "RSS, bytes", cell: ({ residentBytes }) => formatNumber(residentBytes) },
	leftListeners: { heading: "listeners left", cell: ({ leftListeners }) => formatNumber(leftListeners) },
	made: { heading: "made/kop", cell: ({ made }) => formatNumber(made) },
};

/** One scenario on one runtime: a row a variant, times set in relation to each baseline. */
export function scenarioTable(scenario: Scenario, summaries: readonly Summary[]): string {
	const timeOf = (name: string | undefined) => summaries.find(({ variant }) => variant === name)?.median.time;
	const baselines = scenario.baselines.map((name) => ({ name, time: timeOf(name) }));
	const { floors } = scenario;
	const figures = scenario.figures.map((figure) => COLUMNS[figure]);
	const heading = [
		"",
		"time",
		"fastest … slowest",
		...baselines.map(({ name }) => `÷ ${name}`),
		...(floors ? ["beyond its floor"] : []),
		...figures.map(({ heading }) => heading),
	];
	const rows = summaries.map(({ variant, median, fastest, slowest }) => [
		variant,
		formatTime(median.time),
		`${formatTime(fastest)} … ${formatTime(slowest)}`,
		...baselines.map(({ time }) => formatRatio(median.time, time)),
		...(floors ? [formatTime(difference(median.time, timeOf(floors[variant])))] : []),
		...figures.map(({ cell }) => cell(median)),
	]);
	return markdownTable([heading, ...rows], { align: heading.map((_, i) => (i === 0 ? "l" : "r")) });
}

function difference(time: number, floor: number | undefined): number | undefined {
	return floor === undefined ? undefined : time - floor;
}
