import { footer } from "../footer.ts";
import type { BenchReport, Estimate, WayFigures, WorkloadComparison, WorkloadResult } from "../model.ts";
import { bytes, count, duration, rate, times } from "../units.ts";
import { CHART_WIDTH } from "./chart.ts";
import { html, type Markup } from "./html.ts";
import { latencyChart } from "./latency-chart.ts";
import { poolsTable } from "./pools-section.ts";
import { roundsChart, speedOverview } from "./speed-charts.ts";
import { timelineCharts } from "./timeline-charts.ts";
import { legend, measuredWays } from "./ways.ts";

/** As wide as the page has room for. */
const WIDE = 1060;

/** What the page shows of a benchmark. */
export function benchSections(report: BenchReport): Markup {
	const compared = report.workloads.filter(
		(workload): workload is WorkloadComparison => !("error" in workload),
	);
	return html`
<section aria-labelledby="overview">
<h2 id="overview">Overview</h2>
${legend(compared)}
<ul class="verdicts">${report.workloads.map(verdictLine)}</ul>
${
	compared.length > 0
		? html`<div class="wide">${speedOverview(compared, WIDE)}</div><div class="narrow">${speedOverview(compared, CHART_WIDTH)}</div>`
		: undefined
}
${footer(report).map((note) => html`<p class="note">${note}</p>`)}
</section>
${report.workloads.map(workloadSection)}`;
}

function verdictLine(workload: WorkloadResult, at: number): Markup {
	const said = "error" in workload ? "failed" : workload.verdict.text;
	const kind = "error" in workload ? "failed" : workload.verdict.advice.replaceAll(/[^a-z]+/gu, "-");
	return html`<li><a href="#workload-${at}">${workload.name}</a> <strong class="verdict ${kind}">${said}</strong></li>`;
}

function workloadSection(workload: WorkloadResult, at: number): Markup {
	const id = `workload-${at}`;
	const title = html`<h2 id="${id}">${workload.name}</h2><p>${workload.summary}</p>`;
	if ("error" in workload) {
		return html`<section aria-labelledby="${id}">${title}<p class="verdict failed">failed</p><pre tabindex="0">${workload.error}</pre></section>`;
	}
	const pools = measuredWays(workload).flatMap(({ figures }) => figures.pool ?? []);
	return html`
<section aria-labelledby="${id}">
${title}
<p><strong class="verdict ${workload.verdict.advice.replaceAll(/[^a-z]+/gu, "-")}">${workload.verdict.text}</strong></p>
${legend([workload])}
<div class="charts">
${roundsChart(workload)}
${latencyChart(workload)}
${timelineCharts(workload)}
</div>
<details>
<summary>The figures of ${workload.name}</summary>
${figuresTable(workload)}
${poolsTable(pools)}
</details>
</section>`;
}

type Cell = (figures: WayFigures, over: Estimate | undefined) => string;

const UNKNOWN = "–";

const COLUMNS: readonly (readonly [head: string, cell: Cell])[] = [
	["ops/s", ({ operationsPerSecond }) => count(operationsPerSecond)],
	["95 % interval of ops/s", ({ interval }) => `${count(interval.low)} – ${count(interval.high)}`],
	["against fresh", (_, over) => (over ? times(over.median) : UNKNOWN)],
	["95 % interval", (_, over) => (over ? `${times(over.low)} – ${times(over.high)}` : UNKNOWN)],
	["p50", ({ latency }) => duration(latency.p50)],
	["p99", ({ latency }) => duration(latency.p99)],
	["heap per op", ({ allocatedPerOperation }) => maybe(allocatedPerOperation?.heap, bytes)],
	["off-heap per op", ({ allocatedPerOperation }) => maybe(allocatedPerOperation?.offHeap, bytes)],
	["minor GC/s", ({ collections }) => maybe(collections?.minorPerSecond, rate)],
	["major GC/s", ({ collections }) => maybe(collections?.majorPerSecond, rate)],
	["pause ms/s", ({ collections }) => maybe(collections?.pauseMsPerSecond, rate)],
	["peak RSS", ({ peakRss }) => bytes(peakRss)],
];

function maybe(value: number | undefined, format: (value: number) => string): string {
	return value === undefined ? UNKNOWN : format(value);
}

function figuresTable(workload: WorkloadComparison): Markup {
	const { name, overFresh } = workload;
	const rows = measuredWays(workload).map(
		({ way, title, figures }) =>
			html`<tr><th scope="row">${title}</th>${COLUMNS.map(
				([, cell]) => html`<td>${cell(figures, way === "fresh" ? undefined : overFresh[way])}</td>`,
			)}</tr>`,
	);
	return html`<div class="scrolls" role="region" tabindex="0" aria-label="Figures of ${name}">
<table><thead><tr><th scope="col">way</th>${COLUMNS.map(([head]) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
}
