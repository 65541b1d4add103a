import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { markdownTable } from "markdown-table";
import { invocationPath } from "../invocation-path.ts";
import { PATTERNS } from "./patterns.ts";
import { drawFront } from "./plot.ts";
import { POLICIES } from "./policies.ts";
import { eventsOf, simulate } from "./simulate.ts";
import { tracesOf } from "./trace.ts";

// Replays patterns of use against recorded rhythms of collections, and writes the table and the plot for the documentation:
// node main.js RHYTHMS.json FOLDER [--trace ACCESS_LOG]

interface Rhythm {
	readonly node: string;
	readonly load: string;
	readonly seconds: number;
	readonly ticks: readonly number[];
}

const LENGTH = 120_000;
/** Collections are rare that are so many seconds apart on average: the default least age. */
const RARER_THAN = 10;

/** A quiet server's log, and what it would be on busier ones. */
const SPEEDS = [1, 10, 100];

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { trace: { type: "string" } },
});
const [rhythmsFile = "", folder = "."] = positionals;
const { trace } = values;
const traces = trace === undefined ? [] : tracesOf(invocationPath(trace), SPEEDS);
const rhythms = JSON.parse(readFileSync(rhythmsFile, "utf8")) as Rhythm[];

const cases = rhythms.flatMap(({ ticks, seconds }) =>
	[...PATTERNS, ...traces].map((pattern) => {
		const { length = LENGTH } = pattern;
		return {
			length,
			events: eventsOf(pattern, ticks, seconds * 1000, length),
			rare: ticks.length > 0 && seconds / ticks.length > RARER_THAN,
			isTrace: traces.includes(pattern),
		};
	}),
);

const mean = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;

const summaries = POLICIES.map((policy) => {
	const runs = cases.map((each) => ({ ...each, outcome: simulate(policy, each.events, each.length) }));
	const hits = runs.map(({ outcome }) => outcome.hits);
	const ofTrace = runs.filter(({ isTrace }) => isTrace).map(({ outcome }) => outcome.hits);
	return { policy, runs, hits: mean(hits), worst: Math.min(...hits), ofTrace: mean(ofTrace) };
});
const [go] = summaries;
/** Each case weighs the same, however many items it has: what is held is told in terms of Go's rule there. */
const rows = summaries.map(({ policy, runs, hits, worst, ofTrace }) => {
	const relative = runs.map(({ outcome }, i) => outcome.held / (go?.runs[i]?.outcome.held || 1));
	const geometric = (numbers: readonly number[]) => Math.exp(mean(numbers.map(Math.log)));
	const whereRare = relative.filter((_, i) => runs[i]?.rare);
	const held = geometric(relative);
	return { name: policy.name, hits, worst, ofTrace, held, heldWhereRare: geometric(whereRare) };
});

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const dominated = (row: (typeof rows)[number]) =>
	rows.some(
		({ hits, held }) => (hits > row.hits && held <= row.held) || (hits >= row.hits && held < row.held),
	);
type Row = (typeof rows)[number];
const columns: readonly (readonly [title: string, align: "l" | "r", cell: (row: Row) => string])[] = [
	["rule", "l", ({ name }) => name],
	["hits", "r", ({ hits }) => percent(hits)],
	["worst hits", "r", ({ worst }) => percent(worst)],
	...(trace === undefined ? [] : [["of the log", "r", ({ ofTrace }: Row) => percent(ofTrace)] as const]),
	["items × seconds held, Go's rule = 1", "r", ({ held }) => held.toFixed(2)],
	["where collections are rare", "r", ({ heldWhereRare }) => heldWhereRare.toFixed(2)],
	["on the front", "l", (row) => (dominated(row) ? "" : "yes")],
];
const table = markdownTable(
	[columns.map(([title]) => title), ...rows.map((row) => columns.map(([, , cell]) => cell(row)))],
	{ align: columns.map(([, align]) => align) },
);
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/aging-table.md`, `${table}\n`);
writeFileSync(
	`${folder}/aging-front.svg`,
	drawFront(rows.map((row) => ({ name: row.name, x: row.held, y: row.hits, front: !dominated(row) }))),
);
console.log(table);
