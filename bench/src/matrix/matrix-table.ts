import type { BenchReport, Estimate, WorkloadResult } from "@ebbpool/cli/report";
import { markdownTable } from "markdown-table";
import { majorOf } from "./measure-on.ts";

const UNKNOWN = "–";

/** What several Nodes measured, in Markdown: a row for each workload on each Node. */
export function matrixTable(reports: readonly BenchReport[]): string {
	const names = [...new Set(reports.flatMap(({ workloads }) => workloads.map(({ name }) => name)))];
	const head = ["workload", "Node", "fresh, ops/s", "tuned", "by hand", "pooled", "verdict"];
	const rows = names.flatMap((name) =>
		reports.flatMap((report, at) => {
			const workload = report.workloads.find((found) => found.name === name);
			return workload === undefined
				? []
				: [[at === 0 ? `\`${name}\`` : "", String(majorOf(report)), ...cells(workload)]];
		}),
	);
	const align = ["l", "r", "r", "r", "r", "r", "l"];
	return `${markdownTable([head, ...rows], { align })}\n\n${notes(reports).join("\n")}\n`;
}

function cells(workload: WorkloadResult): readonly string[] {
	if ("error" in workload) return [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, "failed"];
	const { fresh, overFresh, verdict } = workload;
	const ways = [overFresh.tuned, overFresh.byHand, overFresh.pooled].map(ratio);
	return [threeFigures(fresh.operationsPerSecond), ...ways, verdict.text];
}

function ratio(over: Estimate | undefined): string {
	if (over === undefined) return UNKNOWN;
	const [median, low, high] = [over.median, over.low, over.high].map((value) =>
		value.toFixed(value < 10 ? 2 : 1),
	);
	return `${median}× (${low}–${high})`;
}

function threeFigures(value: number): string {
	return value >= 1000 ? `${Number((value / 1000).toPrecision(3))}k` : String(Number(value.toPrecision(3)));
}

function notes(reports: readonly BenchReport[]): readonly string[] {
	const [first] = reports;
	if (first === undefined) return [];
	const { machine, settings, date } = first;
	const { sittings, roundsPerSitting, windowMs, liveMegabytes, concurrency } = settings;
	return [
		`Multiples of fresh with their 95 % intervals: medians of ${sittings * roundsPerSitting} rounds of ${Math.round(windowMs)} ms a way.`,
		...(liveMegabytes > 0 ? [`Beside ${liveMegabytes} MB of live objects.`] : []),
		...(concurrency === undefined ? [] : [`${concurrency} operations under way at a time.`]),
		`${reports.map(({ runtime }) => `${runtime.name} ${runtime.version}`).join(", ")}; ${machine.platform} ${machine.architecture}, ${machine.processors} × ${machine.processor ?? "an unknown processor"}; ${date.slice(0, 10)}.`,
	];
}
