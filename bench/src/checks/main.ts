import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { median } from "simple-statistics";
import { makeBuilds } from "./builds.ts";

// What the checks cost, in rounds of fresh processes whose order alternates. Each ratio is within a round; shown are the median, the lowest
// and the highest.

const { values } = parseArgs({
	options: { rounds: { type: "string", default: "10" }, seconds: { type: "string", default: "3" } },
});
const rounds = Number(values.rounds);

const script = (name: string) => fileURLToPath(new URL(`${name}.js`, import.meta.url));

function run(flags: readonly string[], name: string, args: readonly string[], environment = {}): unknown {
	const output = execFileSync(process.execPath, [...flags, script(name), ...args], {
		encoding: "utf8",
		env: { ...process.env, ...environment },
		stdio: ["ignore", "pipe", "inherit"],
	});
	return JSON.parse(output.trim().split("\n").at(-1) ?? "");
}

/** Measures every variant once a round. */
function inRounds<Name extends string, Result>(
	variants: Readonly<Record<Name, () => Result>>,
): Record<Name, Result>[] {
	const names = Object.keys(variants) as Name[];
	return Array.from({ length: rounds }, (_, round) => {
		const order = round % 2 === 0 ? names : [...names].reverse();
		const results = order.map((name) => [name, variants[name]()] as const);
		return Object.fromEntries(results) as Record<Name, Result>;
	});
}

function ratios(of: readonly number[]): string {
	const [middle, low, high] = [median([...of]), Math.min(...of), Math.max(...of)];
	return `${middle.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}

const folder = mkdtempSync(join(tmpdir(), "ebbpool-builds-"));
try {
	const builds = makeBuilds(folder);
	for (const variant of ["plain", "reset"]) {
		const time = (entry: string) => () => run(["--expose-gc"], "measure-pair", [entry, variant]) as number;
		const results = inRounds({
			asIs: time(builds.asIs),
			without: time(builds.without),
			again: time(builds.again),
		});
		console.log(
			`pair, ${variant}: ${median(results.map(({ asIs }) => asIs)).toFixed(2)} ns with the checks off`,
		);
		console.log(
			`  ÷ a build without the hook-up  ${ratios(results.map((each) => each.asIs / each.without))}`,
		);
		console.log(`  ÷ itself, a control            ${ratios(results.map((each) => each.asIs / each.again))}`);
	}
} finally {
	rmSync(folder, { recursive: true });
}

const REGISTER = ["--import", "ebbpool/checks/register"];

for (const workload of ["http", "fastify-64k"]) {
	const measure =
		(flags: readonly string[], environment = {}) =>
		() =>
			run(flags, "measure-workload", [workload, values.seconds], environment) as {
				perSecond: number;
				cpu: number;
			};
	const results = inRounds({
		off: measure([]),
		sampled: measure(REGISTER, { EBBPOOL_CHECKS_SAMPLE: "0.001" }),
		all: measure(REGISTER, { EBBPOOL_CHECKS: "leaks,doublePut,useAfterPut,dirtyPut,foreignPut" }),
		again: measure([]),
	});
	const off = median(results.map(({ off }) => off.perSecond));
	console.log(`${workload}: ${off.toFixed(0)} requests a second with the checks off`);
	for (const [what, of] of [
		["a control", "again"],
		["a sample of 1 in 1,000", "sampled"],
		["all checks", "all"],
	] as const) {
		const perSecond = ratios(results.map((each) => each[of].perSecond / each.off.perSecond));
		const cpu = ratios(results.map((each) => each.off.cpu / each[of].cpu));
		console.log(`  ${what.padEnd(24)} ${perSecond} × as many; by CPU time of the server ${cpu}`);
	}
}
