import type { WriteStream } from "node:tty";
import { styleText } from "node:util";
import Table from "cli-table3";
import { ROUNDS_PER_SITTING, SITTINGS } from "../measure/compare.ts";
import { VARIANTS } from "../workloads/workload.ts";
import { machine } from "./json.ts";
import type { Comparison, Outcome, Summary } from "./summary.ts";
import { bytes, count, duration, rate, times } from "./units.ts";
import type { Verdict } from "./verdict.ts";

interface TableOptions {
	readonly windowMs: number;
	readonly stream: Pick<WriteStream, "isTTY" | "columns">;
}

type Paint = (format: Parameters<typeof styleText>[0], text: string) => string;

const HEAD = [
	"",
	"ops/s",
	"p50",
	"p99",
	"heap\nper op",
	"off-heap\nper op",
	"minor\nGC/s",
	"major\nGC/s",
	"pause\nms/s",
	"peak\nRSS",
	"ratio",
];

/** Below this, the columns stand one space apart, which makes the table fit 80 columns. */
const ROOMY_COLUMNS = 100;

const COLOURS: Readonly<Record<Verdict["advice"], Parameters<typeof styleText>[0]>> = {
	pool: "green",
	"pool for pauses": "green",
	"too close to call": "yellow",
	"don't": "red",
};

/** What `ebbpool bench` prints. */
export function resultTable(outcomes: readonly Outcome[], { windowMs, stream }: TableOptions): string {
	const paint: Paint = (format, text) =>
		stream.isTTY && process.env.NO_COLOR === undefined
			? styleText(format, text, { validateStream: false })
			: text;
	const table = new Table({
		head: HEAD.map((title) => title.replace(/.+/gu, (line) => paint("dim", line))),
		colAligns: HEAD.map((_, column) => (column === 0 ? "left" : "right")),
		style: {
			head: [],
			border: [],
			compact: true,
			"padding-left": 0,
			"padding-right": (stream.columns ?? ROOMY_COLUMNS) < ROOMY_COLUMNS ? 1 : 2,
		},
		chars: NO_LINES,
	});
	for (const outcome of outcomes) {
		const { name, summary } = outcome.workload;
		table.push([{ content: `\n${paint("bold", name)}  ${summary}`, colSpan: HEAD.length }]);
		if ("error" in outcome) {
			table.push([{ content: `  ${paint("red", "failed")}`, colSpan: HEAD.length }]);
			continue;
		}
		for (const variant of VARIANTS) {
			const ratio = variant === "pooled" ? times(outcome.ratio.median) : "";
			table.push([`  ${variant}`, ...cells(outcome.summaries[variant]), ratio]);
		}
		table.push([{ content: `  ${verdict(outcome, paint)}`, colSpan: HEAD.length }]);
	}
	const text = table.toString().replace(/ +$/gmu, "");
	return `${text}\n\n${footer(windowMs).replace(/.+/gu, (line) => paint("dim", line))}\n`;
}

function cells({
	operationsPerSecond,
	latency,
	allocatedPerOperation,
	collections,
	peakRss,
}: Summary): string[] {
	return [
		count(operationsPerSecond),
		duration(latency.p50),
		duration(latency.p99),
		bytes(allocatedPerOperation.heap),
		bytes(allocatedPerOperation.offHeap),
		rate(collections.minorPerSecond),
		rate(collections.majorPerSecond),
		rate(collections.pauseMsPerSecond),
		bytes(peakRss),
	];
}

function verdict({ verdict: { advice, text } }: Comparison, paint: Paint): string {
	return `${paint(COLOURS[advice], "→")} ${paint(["bold", COLOURS[advice] as "green"], text)}`;
}

function footer(windowMs: number): string {
	const { processor, processors, architecture, platform } = machine();
	return [
		`Medians of ${SITTINGS * ROUNDS_PER_SITTING} rounds of ${Math.round(windowMs)} ms a variant, in processes of their own.`,
		`Node ${process.version}, V8 ${process.versions.v8}, ${platform} ${architecture}, ${processors} × ${processor}.`,
	].join("\n");
}

const NO_LINES = {
	top: "",
	"top-mid": "",
	"top-left": "",
	"top-right": "",
	bottom: "",
	"bottom-mid": "",
	"bottom-left": "",
	"bottom-right": "",
	left: "",
	"left-mid": "",
	mid: "",
	"mid-mid": "",
	right: "",
	"right-mid": "",
	middle: "",
};
