import { statSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "../usage-error.ts";
import { DEFAULT_WORKLOADS, findWorkload, WORKLOADS } from "../workloads/index.ts";
import type { Workload } from "../workloads/workload.ts";

export interface BenchOptions {
	readonly help: boolean;
	readonly workloads: readonly Workload[];
	/** The timed window of each variant, in seconds, all rounds together. */
	readonly seconds: number;
	readonly json: string | undefined;
}

export const DEFAULT_SECONDS = 2;
const LEAST_SECONDS = 0.1;
const MOST_SECONDS = 600;

/** Reads the arguments of `ebbpool bench`; throws a `UsageError` for any that it cannot carry out. */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
	const { values, positionals } = parse(args);
	return {
		help: values.help ?? false,
		workloads: chooseWorkloads(positionals, values.all ?? false),
		seconds: values.seconds === undefined ? DEFAULT_SECONDS : parseSeconds(values.seconds),
		json: values.json === undefined ? undefined : checkFile(values.json),
	};
}

function parse(args: readonly string[]) {
	try {
		return parseArgs({
			args: [...args],
			allowPositionals: true,
			options: {
				all: { type: "boolean" },
				seconds: { type: "string" },
				json: { type: "string" },
				help: { type: "boolean", short: "h" },
			},
		});
	} catch (error) {
		// Node adds how a positional may start with a dash, which no name of a workload does.
		throw new UsageError((error as Error).message.replace(/\. To specify .*/su, ""), { cause: error });
	}
}

function chooseWorkloads(names: readonly string[], all: boolean): readonly Workload[] {
	if (all && names.length > 0)
		throw new UsageError(`--all runs every workload: leave out ${names.join(" ")}`);
	if (all) return WORKLOADS;
	if (names.length === 0) return DEFAULT_WORKLOADS;
	return [...new Set(names)].map((name) => {
		const workload = findWorkload(name);
		if (workload !== undefined) return workload;
		throw new UsageError(
			`unknown workload ${name}; known: ${WORKLOADS.map((known) => known.name).join(", ")}`,
		);
	});
}

function parseSeconds(text: string): number {
	const seconds = Number(text);
	if (text.trim() !== "" && seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS) return seconds;
	throw new UsageError(
		`--seconds: expected a number from ${LEAST_SECONDS} to ${MOST_SECONDS}, got ${JSON.stringify(text)}`,
	);
}

/** Finds out before the measurement whether its result can be written. */
function checkFile(path: string): string {
	if (path === "") throw new UsageError("--json: expected the name of a file");
	if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
		throw new UsageError(`--json: expected a file, ${path} is a directory`);
	}
	if (!statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory()) {
		throw new UsageError(`--json: there is no directory ${dirname(path)}`);
	}
	return path;
}
