import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { markdownTable } from "markdown-table";
import { PATTERNS } from "./patterns.ts";
import { drawFront } from "./plot.ts";
import { POLICIES } from "./policies.ts";
import { eventsOf, simulate } from "./simulate.ts";

// Replays patterns of use against recorded rhythms of collections, and writes the table and the plot for the documentation:
// node main.js RHYTHMS.json FOLDER

interface Rhythm {
	readonly node: string;
	readonly load: string;
	readonly seconds: number;
	readonly ticks: readonly number[];
}

const LENGTH = 120_000;

const [rhythmsFile = "", folder = "."] = process.argv.slice(2);
const rhythms = JSON.parse(readFileSync(rhythmsFile, "utf8")) as Rhythm[];

const cases = rhythms.flatMap(({ ticks, seconds }) =>
	PATTERNS.map((pattern) => ({
		events: eventsOf(pattern, ticks, seconds * 1000, LENGTH),
		rare: ticks.length <= 3,
	})),
);

const mean = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;

const summaries = POLICIES.map((policy) => {
	const runs = cases.map(({ events, rare }) => ({ rare, outcome: simulate(policy, events, LENGTH) }));
	const hits = runs.map(({ outcome }) => outcome.hits);
	return { policy, runs, hits: mean(hits), worst: Math.min(...hits) };
});
const [go] = summaries;
/** Each case weighs the same, however many items it has: what is held is told in terms of Go's rule there. */
const rows = summaries.map(({ policy, runs, hits, worst }) => {
	const relative = runs.map(({ outcome }, i) => outcome.held / (go?.runs[i]?.outcome.held || 1));
	const geometric = (numbers: readonly number[]) => Math.exp(mean(numbers.map(Math.log)));
	const whereRare = relative.filter((_, i) => runs[i]?.rare);
	return { name: policy.name, hits, worst, held: geometric(relative), heldWhereRare: geometric(whereRare) };
});

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const dominated = (row: (typeof rows)[number]) =>
	rows.some(
		({ hits, held }) => (hits > row.hits && held <= row.held) || (hits >= row.hits && held < row.held),
	);
const table = markdownTable(
	[
		[
			"rule",
			"hits",
			"worst hits",
			"items × seconds held, Go's rule = 1",
			"where collections are rare",
			"on the front",
		],
		...rows.map((row) => [
			row.name,
			percent(row.hits),
			percent(row.worst),
			row.held.toFixed(2),
			row.heldWhereRare.toFixed(2),
			dominated(row) ? "" : "yes",
		]),
	],
	{ align: ["l", "r", "r", "r", "r", "l"] },
);
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/aging-table.md`, `${table}\n`);
writeFileSync(
	`${folder}/aging-front.svg`,
	drawFront(rows.map((row) => ({ name: row.name, x: row.held, y: row.hits, front: !dominated(row) }))),
);
console.log(table);
