import { outputFile, parseCommandLine, parseNumber } from "../commands/arguments.ts";
import { UsageError } from "../commands/usage-error.ts";
import type { Way } from "../report/model.ts";
import type { Subject } from "./compare.ts";
import { findSubjects } from "./find-workloads.ts";

export interface BenchOptions {
	readonly subjects: readonly Subject[];
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
/** The heap must stay below what V8 can address with compressed pointers off, and below what machines have. */
const LIVE = { least: 0, most: 16_384 };
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
	return {
		seconds:
			values.seconds === undefined ? DEFAULT_SECONDS : parseNumber("--seconds", values.seconds, SECONDS),
		liveMegabytes: values.live === undefined ? 0 : parseNumber("--live", values.live, LIVE),
		concurrency:
			values.concurrency === undefined
				? undefined
				: parseNumber("--concurrency", values.concurrency, CONCURRENCY),
		ways: values["all-ways"] ? ["fresh", "tuned", "byHand", "pooled"] : ["fresh", "tuned", "pooled"],
		json: values.json === undefined ? undefined : outputFile("--json", values.json),
		report: values.report === undefined ? undefined : outputFile("--report", values.report),
		subjects: await findSubjects(positionals, values.all ?? false),
	};
}
