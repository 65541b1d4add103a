import { outputFile, parseCommandLine, parseNumber } from "../commands/arguments.ts";
import { UsageError } from "../commands/usage-error.ts";

export interface AdviseOptions {
	readonly program: readonly string[];
	/** After so many seconds the program is ended; undefined: it ends by itself. */
	readonly seconds: number | undefined;
	readonly prove: boolean;
	/** What must go on working with the change; by default the program itself. */
	readonly command: string | undefined;
	readonly json: string | undefined;
	readonly heapprofile: string | undefined;
	readonly patch: string | undefined;
	readonly report: string | undefined;
}

const LEAST_SECONDS = 0.5;
const MOST_SECONDS = 86_400;

/** Reads the arguments of `ebbpool advise`; throws a `UsageError` for any that it cannot carry out. */
export function parseAdviseOptions(args: readonly string[]): AdviseOptions {
	const { values, positionals, rest } = parseCommandLine(args, {
		seconds: { type: "string" },
		prove: { type: "boolean" },
		command: { type: "string" },
		json: { type: "string" },
		heapprofile: { type: "string" },
		patch: { type: "string" },
		report: { type: "string" },
		help: { type: "boolean", short: "h" },
	});
	if (positionals.length > 0)
		throw new UsageError(`put the program behind --: ebbpool advise -- ${positionals.join(" ")}`);
	if (rest === undefined || rest.length === 0) {
		throw new UsageError("expected a program: ebbpool advise -- node app.js");
	}
	const prove = values.prove ?? false;
	if (values.command !== undefined && !prove) throw new UsageError("--command: only --prove runs it");
	if (values.patch !== undefined && !prove) throw new UsageError("--patch: only --prove writes one");
	if (prove && values.seconds !== undefined) {
		throw new UsageError(
			"--prove needs a program that ends by itself, since only then the work is the same: leave out --seconds",
		);
	}
	return {
		program: rest,
		seconds:
			values.seconds === undefined
				? undefined
				: parseNumber("--seconds", values.seconds, { least: LEAST_SECONDS, most: MOST_SECONDS }),
		prove,
		command: values.command,
		json: file("--json", values.json),
		heapprofile: file("--heapprofile", values.heapprofile),
		patch: file("--patch", values.patch),
		report: file("--report", values.report),
	};
}

function file(option: string, path: string | undefined): string | undefined {
	return path === undefined ? undefined : outputFile(option, path);
}
