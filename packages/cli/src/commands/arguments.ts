import { statSync } from "node:fs";
import { dirname } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "./usage-error.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** A command line in its parts. */
type Parsed<O extends Options> = ReturnType<
	typeof parseArgs<{ args: string[]; allowPositionals: true; tokens: true; options: O }>
>;

export interface CommandLine<O extends Options> {
	readonly values: Parsed<O>["values"];
	readonly positionals: readonly string[];
	/** What follows `--`; undefined where there is none. */
	readonly rest: readonly string[] | undefined;
}

/** Takes a command line apart; throws a `UsageError` for an option that is not known, or lacks its value. */
export function parseCommandLine<const O extends Options>(
	args: readonly string[],
	options: O,
): CommandLine<O> {
	const end = args.indexOf("--");
	const [own, rest] = end === -1 ? [args, undefined] : [args.slice(0, end), args.slice(end + 1)];
	try {
		const { values, positionals } = parseArgs({
			args: [...own],
			allowPositionals: true,
			tokens: true,
			options,
		});
		return { values: values as Parsed<O>["values"], positionals, rest };
	} catch (error) {
		// Node adds how a positional may start with a dash, which nothing that we take does.
		throw new UsageError((error as Error).message.replace(/\. To specify .*/su, ""), { cause: error });
	}
}

interface Range {
	readonly least: number;
	readonly most: number;
	readonly whole?: boolean;
}

/** The number that stands after an option. */
export function parseNumber(option: string, text: string, { least, most, whole = false }: Range): number {
	const value = Number(text);
	if (text.trim() !== "" && value >= least && value <= most && (!whole || Number.isInteger(value)))
		return value;
	throw new UsageError(
		`${option}: expected a ${whole ? "whole " : ""}number from ${least} to ${most}, got ${JSON.stringify(text)}`,
	);
}

/** Finds out before the work whether its result can be written. */
export function outputFile(option: string, path: string): string {
	if (path === "") throw new UsageError(`${option}: expected the name of a file`);
	if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
		throw new UsageError(`${option}: expected a file, ${path} is a directory`);
	}
	if (!statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory()) {
		throw new UsageError(`${option}: there is no directory ${dirname(path)}`);
	}
	return path;
}
