import { writeFileSync } from "node:fs";
import { compare, ROUNDS_PER_SITTING, SITTINGS } from "../measure/compare.ts";
import { benchReport } from "../report/json.ts";
import { Progress } from "../report/progress.ts";
import { type Failure, type Outcome, summarize } from "../report/summary.ts";
import { resultTable } from "../report/table.ts";
import { WORKLOADS } from "../workloads/index.ts";
import { DEFAULT_SECONDS, parseBenchOptions } from "./bench-options.ts";

/** Measures each workload both ways, prints the table, and returns the exit status. */
export async function bench(args: readonly string[]): Promise<number> {
	const { help, workloads, seconds, json } = parseBenchOptions(args);
	if (help) {
		process.stdout.write(benchHelp());
		return 0;
	}
	const rounds = SITTINGS * ROUNDS_PER_SITTING;
	const windowMs = (seconds * 1000) / rounds;
	const progress = new Progress(process.stderr, workloads.length, rounds);
	const outcomes: Outcome[] = [];
	for (const workload of workloads) {
		try {
			const sittings = await compare(workload, windowMs, () => progress.round(workload.name));
			outcomes.push(summarize(workload, sittings));
		} catch (error) {
			outcomes.push({ workload, error: error as Error });
		}
		progress.workloadDone(workload.name);
	}
	progress.clear();

	process.stdout.write(resultTable(outcomes, { windowMs, stream: process.stdout }));
	if (json !== undefined) {
		writeFileSync(json, `${JSON.stringify(benchReport(outcomes, { seconds, windowMs }), undefined, "\t")}\n`);
	}
	const failures = outcomes.filter((outcome): outcome is Failure => "error" in outcome);
	for (const { workload, error } of failures) {
		process.stderr.write(`ebbpool: ${workload.name}: ${error.message}\n`);
	}
	return failures.length === 0 ? 0 : 1;
}

export function benchHelp(): string {
	const width = Math.max(...WORKLOADS.map(({ name }) => name.length));
	const list = WORKLOADS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`).join("");
	return `ebbpool bench [WORKLOAD…]: fresh allocation against pooling on real work

  --all          every workload
  --seconds N    measure each variant for N seconds in all (default ${DEFAULT_SECONDS})
  --json FILE    also write all that was measured to FILE

Workloads:
${list}`;
}
