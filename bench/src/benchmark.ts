import { cpus } from "node:os";
import type { Arguments } from "./arguments.ts";
import { FULL_BUDGET } from "./measure/budget.ts";
import { GO, PEERS } from "./peers/index.ts";
import { progressLine } from "./report/progress-line.ts";
import { summarize } from "./report/summary.ts";
import { scenarioTable } from "./report/table.ts";
import { goRuntime } from "./run/go-runtime.ts";
import { javascriptRuntime } from "./run/javascript-runtime.ts";
import { type Plan, runScenario } from "./run/run-scenario.ts";
import { loadScenario } from "./scenarios/index.ts";

/** Runs what the arguments ask for and prints a table per scenario and runtime; returns every sample. */
export async function benchmark({ scenarios, peers, runtimes, rounds, seed }: Arguments) {
	const javascript = await Promise.all(
		(runtimes.length === 0 ? [process.execPath] : runtimes).map(javascriptRuntime),
	);
	const includes = (variant: string) =>
		peers.length === 0 || peers.includes(variant) || !PEERS.includes(variant);
	const go = includes(GO) ? await goRuntime() : { skipped: "it is not among the peers asked for" };
	const processor = cpus()[0]?.model.trim() ?? "an unknown processor";

	console.log(`${cpus().length} × ${processor}; ${rounds} processes per variant, seed ${seed}`);
	if ("skipped" in go) console.log(`go: skipped, since ${go.skipped}`);

	const plan: Plan = {
		runtimes: "skipped" in go ? javascript : [...javascript, go],
		includes,
		rounds,
		seed,
		budget: FULL_BUDGET,
		onProgress: progressLine,
	};
	const results = [];
	for (const name of scenarios) {
		const scenario = await loadScenario(name);
		const measurements = await runScenario(name, scenario, plan);
		progressLine("");
		for (const runtime of javascript) {
			const rows = measurements.filter((row) => row.runtime === runtime || row.runtime === go);
			console.log(`\n${name}: time per ${scenario.operation}; ${runtime.title}\n`);
			console.log(scenarioTable(scenario, rows.map(summarize)));
		}
		for (const { runtime, variant, samples } of measurements) {
			results.push({
				scenario: name,
				operation: scenario.operation,
				runtime: runtime.title,
				variant,
				samples,
			});
		}
	}
	return { date: new Date().toISOString(), processor, rounds, seed, results };
}
