import Table from "cli-table3";
import { footer } from "./footer.ts";
import type {
	Advice,
	BenchReport,
	Estimate,
	Way,
	WayFigures,
	WorkloadComparison,
	WorkloadResult,
} from "./model.ts";
import { WAYS } from "./model.ts";
import type { Terminal } from "./terminal.ts";
import { bytes, count, duration, rate, times } from "./units.ts";
import { WAY_TITLES } from "./way-titles.ts";
import { wrap } from "./wrap.ts";

interface Column {
	readonly head: string;
	readonly cell: (figures: WayFigures, overFresh: Estimate | undefined) => string;
}

const OPERATIONS: Column = { head: "\nops/s", cell: ({ operationsPerSecond }) => count(operationsPerSecond) };
const P50: Column = { head: "\np50", cell: ({ latency }) => duration(latency.p50) };
const P99: Column = { head: "\np99", cell: ({ latency }) => duration(latency.p99) };
const HEAP: Column = {
	head: "heap\nper op",
	cell: ({ allocatedPerOperation: allocated }) => (allocated ? bytes(allocated.heap) : UNKNOWN),
};
const OFF_HEAP: Column = {
	head: "off-heap\nper op",
	cell: ({ allocatedPerOperation: allocated }) => (allocated ? bytes(allocated.offHeap) : UNKNOWN),
};
const MINOR: Column = {
	head: "minor\nGC/s",
	cell: ({ collections }) => (collections ? rate(collections.minorPerSecond) : UNKNOWN),
};
const MAJOR: Column = {
	head: "major\nGC/s",
	cell: ({ collections }) => (collections ? rate(collections.majorPerSecond) : UNKNOWN),
};
const BOTH: Column = {
	head: "GC/s\nmi+ma",
	cell: ({ collections }) =>
		collections ? `${rate(collections.minorPerSecond)}+${rate(collections.majorPerSecond)}` : UNKNOWN,
};
const PAUSE: Column = {
	head: "pause\nms/s",
	cell: ({ collections }) => (collections ? rate(collections.pauseMsPerSecond) : UNKNOWN),
};
const PEAK: Column = { head: "peak\nRSS", cell: ({ peakRss }) => bytes(peakRss) };
const RATIO: Column = { head: "\nratio", cell: (_, over) => (over ? times(over.median) : "") };
const INTERVAL: Column = {
	head: "95 %\ninterval",
	cell: (_, over) => (over ? `${figure(over.low)}–${figure(over.high)}` : ""),
};

/** What a runtime does not tell. */
const UNKNOWN = "–";

const figure = (ratio: number): string => times(ratio).replace("×", "");

interface Layout {
	readonly columns: readonly Column[];
	readonly gap: number;
}

/** From the widest to the narrowest: the first that fits is taken. */
const LAYOUTS: readonly Layout[] = [
	{ columns: [OPERATIONS, P50, P99, HEAP, OFF_HEAP, MINOR, MAJOR, PAUSE, PEAK, RATIO, INTERVAL], gap: 2 },
	{ columns: [OPERATIONS, P50, P99, HEAP, OFF_HEAP, BOTH, PAUSE, PEAK, RATIO, INTERVAL], gap: 1 },
	{ columns: [OPERATIONS, P99, HEAP, OFF_HEAP, PAUSE, RATIO, INTERVAL], gap: 1 },
	{ columns: [OPERATIONS, P99, PAUSE, RATIO, INTERVAL], gap: 1 },
	{ columns: [OPERATIONS, RATIO, INTERVAL], gap: 1 },
];

const INDENT = "  ";

/** What `ebbpool bench` prints. */
export function benchTable(report: BenchReport, terminal: Terminal): string {
	const compared = report.workloads.filter(
		(workload): workload is WorkloadComparison => !("error" in workload),
	);
	const { head, rows } = widestThatFits(compared, terminal.columns);
	const lines = [...head.map((line) => terminal.paint("dim", line))];
	for (const workload of report.workloads) {
		lines.push("", ...title(workload, terminal));
		if ("error" in workload) {
			lines.push(`${INDENT}${terminal.paint("red", "failed")}`);
			continue;
		}
		lines.push(...(rows.get(workload) ?? []), ...verdict(workload, terminal));
	}
	const notes = footer(report).flatMap((note) => wrap(note, terminal.columns));
	lines.push("", ...notes.map((line) => terminal.paint("dim", line)));
	return `${lines.join("\n")}\n`;
}

interface Rows {
	readonly head: readonly string[];
	readonly rows: ReadonlyMap<WorkloadComparison, readonly string[]>;
}

/** The rows of all workloads in the widest layout that fits; all columns stand below each other. */
function widestThatFits(compared: readonly WorkloadComparison[], columns: number | undefined): Rows {
	let laidOut: Rows = { head: [], rows: new Map() };
	if (compared.length === 0) return laidOut;
	for (const layout of LAYOUTS) {
		laidOut = layOut(compared, layout);
		const lines = [...laidOut.head, ...[...laidOut.rows.values()].flat()];
		if (columns === undefined || lines.every((line) => line.length <= columns)) break;
	}
	return laidOut;
}

function layOut(compared: readonly WorkloadComparison[], { columns, gap }: Layout): Rows {
	const table = new Table({
		head: ["", ...columns.map(({ head }) => head)],
		colAligns: ["left", ...columns.map(() => "right" as const)],
		style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": gap },
		chars: NO_LINES,
	});
	const ways = compared.map((workload) => WAYS.filter((way) => workload[way] !== undefined));
	for (const [at, workload] of compared.entries()) {
		for (const way of ways[at] ?? []) {
			const over = way === "fresh" ? undefined : workload.overFresh[way];
			const cells = columns.map(({ cell }) => cell(workload[way] as WayFigures, over));
			table.push([INDENT + WAY_TITLES[way], ...cells]);
		}
	}
	const lines = table.toString().replace(/ +$/gmu, "").split("\n");
	const total = ways.reduce((sum, { length }) => sum + length, 0);
	const head = lines.slice(0, lines.length - total);
	let next = head.length;
	const rows = new Map<WorkloadComparison, readonly string[]>();
	for (const [at, workload] of compared.entries()) {
		const { length } = ways[at] as readonly Way[];
		rows.set(workload, lines.slice(next, next + length));
		next += length;
	}
	return { head, rows };
}

function title({ name, summary }: WorkloadResult, terminal: Terminal): readonly string[] {
	const [first = "", ...others] = wrap(`${name}  ${summary}`.trim(), terminal.columns, INDENT);
	return [terminal.paint("bold", first.slice(0, name.length)) + first.slice(name.length), ...others];
}

const COLOURS: Readonly<Record<Advice, "green" | "yellow" | "red" | "cyan">> = {
	tune: "cyan",
	"tune for pauses": "cyan",
	"by hand": "cyan",
	pool: "green",
	"pool for pauses": "green",
	"too close to call": "yellow",
	"don't": "red",
};

function verdict({ verdict: { advice, text } }: WorkloadComparison, terminal: Terminal): readonly string[] {
	const colour = COLOURS[advice];
	const [first = "", ...others] = wrap(`${INDENT}→ ${text}`, terminal.columns, `${INDENT}  `);
	const arrow = `${INDENT}→ `;
	return [
		`${INDENT}${terminal.paint(colour, "→")} ${terminal.paint(["bold", colour], first.slice(arrow.length))}`,
		...others.map((line) => terminal.paint(["bold", colour], line)),
	];
}

const NO_LINES = Object.fromEntries(
	[
		...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"],
		...["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"],
	].map((name) => [name, ""]),
);
