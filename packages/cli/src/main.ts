#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { bench, benchHelp } from "./commands/bench.ts";
import { UsageError } from "./usage-error.ts";

const help = (): string => `ebbpool: what object pooling is worth

Usage:
  ebbpool bench [WORKLOAD…] [--all] [--seconds N] [--json FILE]
  ebbpool --help | --version

${benchHelp()}`;

function version(): string {
	const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
	return version;
}

async function main([command, ...args]: readonly string[]): Promise<number> {
	if (command === "bench") return bench(args);
	if (command === "--help" || command === "-h" || command === "help") {
		process.stdout.write(help());
		return 0;
	}
	if (command === "--version" || command === "-v") {
		process.stdout.write(`${version()}\n`);
		return 0;
	}
	throw new UsageError(
		command === undefined
			? "expected a command: bench"
			: `unknown command ${command}; the only command is bench`,
	);
}

try {
	process.exitCode = await main(process.argv.slice(2));
} catch (error) {
	if (error instanceof UsageError) {
		process.stderr.write(`ebbpool: ${error.message}\nTry "ebbpool --help".\n`);
		process.exitCode = 2;
	} else {
		process.stderr.write(`ebbpool: ${error instanceof Error ? error.message : error}\n`);
		process.exitCode = 1;
	}
}
