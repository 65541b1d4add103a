import type { Command } from "../commands/command.ts";
import { writeJson } from "../report/json.ts";
import { writePage } from "../report/page/write-page.ts";
import { benchTable } from "../report/table.ts";
import { terminal } from "../report/terminal.ts";
import { WORKLOADS } from "../workloads/index.ts";
import { init } from "./init.ts";
import { DEFAULT_SECONDS, parseBenchOptions } from "./options.ts";
import { Progress } from "./progress.ts";
import { ROUNDS, runBench } from "./run.ts";

/** What a shell says of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

export const benchCommand: Command = {
	usage: [
		"bench [WORKLOAD…|FILE…] [--all] [--all-ways] [--live MB] [--concurrency N] [--seconds N] [--json FILE] [--report FILE.html]",
		"bench init [FILE]",
	],
	help,
	run,
};

/** Measures each workload in each way, prints the table, and returns the exit status. */
async function run(args: readonly string[]): Promise<number> {
	if (args[0] === "init") return init(args.slice(1));
	const options = await parseBenchOptions(args);
	if (options.leftOut !== undefined) process.stderr.write(`ebbpool: ${options.leftOut}\n`);
	const progress = new Progress(terminal(process.stderr), options.subjects.length, ROUNDS);
	const interruption = new AbortController();
	// A second one ends the program at once, as if there were no handler.
	process.once("SIGINT", () => interruption.abort());
	const report = await runBench(options, progress, interruption.signal);

	process.stdout.write(benchTable(report, terminal(process.stdout)));
	if (options.json !== undefined) writeJson(options.json, report);
	if (options.report !== undefined) await writePage(options.report, report);
	let failed = false;
	for (const workload of report.workloads) {
		if (!("error" in workload)) continue;
		process.stderr.write(`ebbpool: ${workload.name}: ${workload.error}\n`);
		failed = true;
	}
	if (report.interrupted) return INTERRUPTED;
	return failed ? 1 : 0;
}

function help(): string {
	const width = Math.max(...WORKLOADS.map(({ name }) => name.length));
	const list = WORKLOADS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`).join("");
	return `ebbpool bench [WORKLOAD…|FILE…]: the same work fresh, tuned, by hand and pooled

  --all            every workload
  --all-ways       also with memory reused by hand
  --live MB        beside so many megabytes of objects that live throughout (default 0)
  --concurrency N  operations under way at a time (default: one, http 32, pipeline 3 a worker)
  --seconds N      measure each way of each workload for N seconds in all (default ${DEFAULT_SECONDS})
  --json FILE      also write all that was measured to FILE
  --report FILE    also write a page with plots to FILE

bench init [FILE]: writes a template of a workload of your own (workload.mjs), to be measured with bench ./FILE

Workloads:
${list}`;
}
