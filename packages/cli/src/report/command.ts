import { outputFile, parseCommandLine } from "../commands/arguments.ts";
import type { Command } from "../commands/command.ts";
import { UsageError } from "../commands/usage-error.ts";
import { writePage } from "./page/write-page.ts";
import { readReport } from "./read-report.ts";

export const reportCommand: Command = {
	usage: ["report FILE.json [--report FILE.html]"],
	help: () => `ebbpool report FILE.json: the page of a saved run

  --report FILE.html  where to write it (default: FILE.html beside FILE.json)
`,
	run,
};

/** Writes the page of a saved report. */
async function run(args: readonly string[]): Promise<number> {
	const { values, positionals, rest } = parseCommandLine(args, { report: { type: "string" } });
	const [file, ...others] = positionals;
	if (file === undefined || others.length > 0 || rest !== undefined) {
		throw new UsageError("report: expected the name of one file that --json wrote");
	}
	const page = outputFile("--report", values.report ?? file.replace(/(?:\.json)?$/u, ".html"));
	await writePage(page, readReport(file));
	process.stdout.write(`wrote ${page}\n`);
	return 0;
}
