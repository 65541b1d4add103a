import { totalmem } from "node:os";
import { outputFile, parseCommandLine, parseNumber } from "../commands/arguments.ts";
import { UsageError } from "../commands/usage-error.ts";
import type { Way } from "../report/model.ts";
import { bytes } from "../report/units.ts";
import type { Subject } from "./compare.ts";
import { findSubjects, leftOut } from "./find-workloads.ts";

export interface BenchOptions {
	readonly subjects: readonly Subject[];
	/** What is to be said of workloads that \`--all\` had to leave out. */
	readonly leftOut: string | undefined;
	readonly ways: readonly Way[];
	/** The timed windows of one way of one workload, in seconds, all rounds together. */
	readonly seconds: number;
	readonly liveMegabytes: number;
	readonly concurrency: number | undefined;
	readonly json: string | undefined;
	readonly report: string | undefined;
}

export const DEFAULT_SECONDS = 1;
const SECONDS = { least: 0.1, most: 600 };
const LIVE = { least: 0, most: 16_384 };
const DEFAULT_WAYS: readonly Way[] = ["fresh", "tuned", "pooled"];
const ALL_WAYS: readonly Way[] = ["fresh", "tuned", "byHand", "pooled"];
const CONCURRENCY = { least: 1, most: 100_000, whole: true };

/** Reads the arguments of `ebbpool bench`; throws a `UsageError` for any that it cannot carry out. */
export async function parseBenchOptions(args: readonly string[]): Promise<BenchOptions> {
	const { values, positionals, rest } = parseCommandLine(args, {
		all: { type: "boolean" },
		"all-ways": { type: "boolean" },
		seconds: { type: "string" },
		live: { type: "string" },
		concurrency: { type: "string" },
		json: { type: "string" },
		report: { type: "string" },
	});
	if (rest !== undefined) throw new UsageError("bench runs no program: nothing can follow --");
	const ways = values["all-ways"] ? ALL_WAYS : DEFAULT_WAYS;
	const liveMegabytes = values.live === undefined ? 0 : parseNumber("--live", values.live, LIVE);
	checkMemory(liveMegabytes, ways.length);
	return {
		seconds:
			values.seconds === undefined ? DEFAULT_SECONDS : parseNumber("--seconds", values.seconds, SECONDS),
		liveMegabytes,
		concurrency:
			values.concurrency === undefined
				? undefined
				: parseNumber("--concurrency", values.concurrency, CONCURRENCY),
		ways,
		json: values.json === undefined ? undefined : outputFile("--json", values.json),
		report: values.report === undefined ? undefined : outputFile("--report", values.report),
		subjects: await findSubjects(positionals, values.all ?? false),
		leftOut: values.all ? leftOut() : undefined,
	};
}

/** The processes of all ways are there at once, and a collection may need half as much again. */
export function checkMemory(liveMegabytes: number, ways: number, memory = totalmem()): void {
	const needed = liveMegabytes * 1e6 * 1.5 * ways;
	if (needed <= memory) return;
	throw new UsageError(
		`--live: ${ways} processes with ${liveMegabytes} MB each do not fit into the ${bytes(memory)} of this machine`,
	);
}
