import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { outputFile, parseCommandLine } from "../commands/arguments.ts";
import type { Command } from "../commands/command.ts";
import { UsageError } from "../commands/usage-error.ts";
import { runProgram, statusOf } from "../program/run-program.ts";
import { reportHead } from "../report/head.ts";
import type { CheckReport } from "../report/model.ts";
import { group } from "./group.ts";
import { sumOfPools } from "./pool-figures.ts";
import { readSpool, SPOOL_VARIABLE } from "./spool.ts";
import { textReport } from "./text-report.ts";

/** Those that are on by default. */
const CHECKS = ["leaks", "doublePut", "useAfterPut", "dirtyPut"];

/** Runs the program with the checks on; returns its exit status, or 1 where that is 0 and something was found. */
async function run(args: readonly string[]): Promise<number> {
	const { values, positionals, rest } = parseCommandLine(args, {
		json: { type: "string" },
		report: { type: "string" },
	});
	if (positionals.length > 0)
		throw new UsageError(`check: expected -- before the program, got ${positionals[0]}`);
	if (rest === undefined || rest.length === 0) {
		throw new UsageError("check: expected a program, as in ebbpool check -- node app.js");
	}
	const json = values.json === undefined ? undefined : outputFile("--json", values.json);
	const page = values.report === undefined ? undefined : outputFile("--report", values.report);
	const spool = mkdtempSync(join(tmpdir(), "ebbpool-check-"));
	try {
		const began = new Date();
		const ending = await runProgram(rest, {
			preload: new URL("./preload.js", import.meta.url),
			environment: { [SPOOL_VARIABLE]: spool },
		});
		const status = statusOf(ending);
		const { watched, violations, pools } = readSpool(spool);
		if (watched === 0) {
			process.stderr.write("ebbpool: no process of the program was a Node: nothing was checked\n");
			return status === 0 ? 1 : status;
		}
		const report: CheckReport = {
			...reportHead(began, ending.signal === "SIGINT"),
			kind: "check",
			program: {
				command: rest,
				seconds: (Date.now() - began.getTime()) / 1000,
				status: ending.code,
				signal: ending.signal,
				watched,
				lost: [],
			},
			checks: CHECKS,
			violations: group(violations),
			pools: sumOfPools(pools),
		};
		process.stderr.write(`\n${textReport(report)}\n`);
		if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, undefined, "\t")}\n`);
		if (page !== undefined) await (await import("../report/page/write-page.ts")).writePage(page, report);
		return status === 0 && violations.length > 0 ? 1 : status;
	} finally {
		rmSync(spool, { recursive: true, force: true });
	}
}

export const checkCommand: Command = {
	usage: ["check [--json FILE] [--report FILE.html] -- node app.js …"],
	help: () => `ebbpool check -- node app.js …: finds misuse of pools while a program runs

Double puts, leaks, use after put and incomplete resets, in all of its processes and threads. The program's arguments,
streams, signals and exit status are its own, but for status 1 where it ends well and something was found.

  --json FILE         also write all that was found to FILE
  --report FILE.html  also write a page
`,
	run,
};
