import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "../commands/command.ts";
import { runProgram, statusOf } from "../program/run-program.ts";
import { buildReport } from "./build-report.ts";
import { type AdviseOptions, parseAdviseOptions } from "./options.ts";
import { SIGNAL_SEEN, SPOOL_VARIABLE } from "./probe/spool.ts";
import { proofText } from "./prove/proof-text.ts";
import { prove } from "./prove/prove.ts";
import { largestHeapProfile, readSpool } from "./read-spool.ts";
import { textReport } from "./text-report.ts";

const SITES_TOLD = 5;

/** Runs the program, prints the report to stderr, and returns the program's exit status. */
async function run(args: readonly string[]): Promise<number> {
	const options = parseAdviseOptions(args);
	const spool = mkdtempSync(join(tmpdir(), "ebbpool-advise-"));
	try {
		return await observe(options, spool);
	} finally {
		rmSync(spool, { recursive: true, force: true });
	}
}

async function observe(options: AdviseOptions, spool: string): Promise<number> {
	const { program, seconds, json, heapprofile, report } = options;
	const began = new Date();
	const ending = await runProgram(program, {
		preload: new URL("./probe/preload.js", import.meta.url),
		environment: { [SPOOL_VARIABLE]: spool },
		seconds,
		heard: () => existsSync(join(spool, SIGNAL_SEEN)),
	});
	const threads = readSpool(spool);
	const status = statusOf(ending);
	if (threads.length === 0) {
		process.stderr.write("ebbpool: no process of the program was a Node with the probe: nothing was seen\n");
		return status === 0 ? 1 : status;
	}
	const heapProfile = largestHeapProfile(spool);
	const interrupted = ending.signal === "SIGINT" && !ending.timeOver;
	const result = await buildReport({ command: program, began, ending, interrupted, threads, heapProfile });
	const proof = options.prove ? await prove(result.sites, program, options.command, spool) : undefined;
	process.stderr.write(`\n${textReport(result, { color: process.stderr.isTTY, sites: SITES_TOLD })}`);
	if (proof !== undefined) process.stderr.write(`\n${proofText(proof, result)}`);
	const whole = { ...result.report, proofs: proof?.proofs ?? [] };
	if (options.patch !== undefined) writeFileSync(options.patch, proof?.patch ?? "");
	if (json !== undefined) writeFileSync(json, `${JSON.stringify(whole, undefined, "\t")}\n`);
	if (report !== undefined) await (await import("../report/page/write-page.ts")).writePage(report, whole);
	if (heapprofile !== undefined && heapProfile !== undefined) writeFileSync(heapprofile, heapProfile);
	return status;
}

export const adviseCommand: Command = {
	usage: [
		"advise [--seconds N] [--prove [--command CMD]] [--json FILE] [--report FILE.html] -- node app.js …",
	],
	help: () => `ebbpool advise -- node app.js …: where a program allocates, what is worth pooling, and what is not

  --prove             then pool the sites where that is safe by the advisor's own analysis, in the sources as they are loaded,
                      and measure what it gains
  --command CMD       what must go on working with the change, such as "npm test" (default: the program itself)
  --patch FILE        where --prove writes the change
  --seconds N         end the program after N seconds; else it runs to its end, or until Ctrl-C
  --json FILE         also write all that was found to FILE
  --report FILE.html  also write a page with plots
  --heapprofile FILE  also write the heap's profile, for DevTools or speedscope
`,
	run,
};
