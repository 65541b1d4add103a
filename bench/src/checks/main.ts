import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { median } from "simple-statistics";
import { makeBuilds } from "./builds.ts";
import { Contender, type Slice } from "./contender.ts";

// What the checks cost. In each round all variants run in fresh processes of their own and take turns in short slices of time, so that what
// slows the machine down for longer than a slice slows all of them. Shown are ratios within a round: the median, the lowest and the highest.

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		rounds: { type: "string", default: "10" },
		slices: { type: "string", default: "30" },
		milliseconds: { type: "string", default: "100" },
	},
});
const [rounds, slices, milliseconds] = [values.rounds, values.slices, values.milliseconds].map(Number) as [
	number,
	number,
	number,
];
const EVERYTHING = ["pair", "http", "fastify-64k"] as const;
const unknown = positionals.find((name) => !EVERYTHING.some((each) => each === name));
if (unknown !== undefined) throw new Error(`expected ${EVERYTHING.join(", ")}, got ${unknown}`);
/** What was asked for by name; everything if nothing was. */
const asked = EVERYTHING.filter((name) => positionals.length === 0 || positionals.includes(name));
/** Slices that do not count. */
const WARM_UPS = 15;

async function inRounds<Name extends string>(
	variants: Readonly<Record<Name, () => Contender>>,
): Promise<Record<Name, Slice>[]> {
	const results: Record<Name, Slice>[] = [];
	for (let round = 0; round < rounds; round++) {
		const names = Object.keys(variants) as Name[];
		const contenders = names.map((name) => variants[name]());
		try {
			await takeTurns(contenders, WARM_UPS);
			const totals = await takeTurns(contenders, slices);
			results.push(Object.fromEntries(names.map((name, at) => [name, totals[at]])) as Record<Name, Slice>);
		} finally {
			for (const contender of contenders) contender.stop();
		}
	}
	return results;
}

/** Returns what each did in all. */
async function takeTurns(contenders: readonly Contender[], turns: number): Promise<Slice[]> {
	const totals = contenders.map(() => ({ operations: 0, milliseconds: 0, cpu: 0 }));
	const order = [...contenders.entries()];
	for (let turn = 0; turn < turns; turn++) {
		for (const [at, contender] of order) {
			const slice = await contender.work(milliseconds);
			const total = totals[at] as (typeof totals)[number];
			for (const key of ["operations", "milliseconds", "cpu"] as const) total[key] += slice[key];
		}
		order.reverse();
	}
	return totals;
}

function ratios(of: readonly number[]): string {
	const [middle, low, high] = [median([...of]), Math.min(...of), Math.max(...of)];
	return `${middle.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}

const speed = ({ operations, milliseconds: took }: Slice): number => operations / took;
const work = ({ operations, cpu }: Slice): number => operations / cpu;

async function comparePairs(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "ebbpool-builds-"));
	try {
		const builds = makeBuilds(folder);
		for (const variant of ["plain", "reset"]) {
			const of = (entry: string) => () => new Contender("measure-pair", { args: [entry, variant] });
			const results = await inRounds({
				asIs: of(builds.asIs),
				without: of(builds.without),
				again: of(builds.again),
			});
			const time = median(results.map(({ asIs }) => 1e6 / speed(asIs)));
			console.log(`pair, ${variant}: ${time.toFixed(2)} ns with the checks off`);
			console.log(
				`  ÷ a build without the hook-up  ${ratios(results.map((each) => speed(each.without) / speed(each.asIs)))}`,
			);
			console.log(
				`  ÷ itself, a control            ${ratios(results.map((each) => speed(each.again) / speed(each.asIs)))}`,
			);
		}
	} finally {
		rmSync(folder, { recursive: true });
	}
}

const flags = ["--import", "ebbpool/checks/register"];

async function compareWorkload(workload: string): Promise<void> {
	const measure = (options = {}) => {
		return () => new Contender("measure-workload", { args: [workload], ...options });
	};
	const results = await inRounds({
		off: measure(),
		sampled: measure({ flags, environment: { EBBPOOL_CHECKS_SAMPLE: "0.001" } }),
		all: measure({
			flags,
			environment: { EBBPOOL_CHECKS: "leaks,doublePut,useAfterPut,dirtyPut,foreignPut" },
		}),
		again: measure(),
	});
	const off = median(results.map(({ off }) => speed(off) * 1000));
	console.log(`${workload}: ${off.toFixed(0)} requests a second with the checks off`);
	for (const [what, of] of [
		["a control", "again"],
		["a sample of 1 in 1,000", "sampled"],
		["all checks", "all"],
	] as const) {
		const perSecond = ratios(results.map((each) => speed(each[of]) / speed(each.off)));
		const cpu = ratios(results.map((each) => work(each[of]) / work(each.off)));
		console.log(`  ${what.padEnd(24)} ${perSecond} × as many; by CPU time of the server ${cpu}`);
	}
}

for (const name of asked) await (name === "pair" ? comparePairs() : compareWorkload(name));
