import { writeFileSync } from "node:fs";
import { parseCommandLine } from "../commands/arguments.ts";
import { UsageError } from "../commands/usage-error.ts";
import { TEMPLATE } from "./template.ts";

const DEFAULT_FILE = "workload.mjs";

/** Carries out `ebbpool bench init [FILE]`: writes a template of a workload, and never over anything. */
export function init(args: readonly string[]): number {
	const { positionals, rest } = parseCommandLine(args, {});
	const [file = DEFAULT_FILE, ...others] = positionals;
	if (others.length > 0 || rest !== undefined) {
		throw new UsageError("bench init: expected the name of one file, or none");
	}
	if (!/\.m?js$/u.test(file))
		throw new UsageError(`bench init: expected a file that ends with .mjs, got ${file}`);
	const path = /^[./\\]|^\w:/u.test(file) ? file : `./${file}`;
	try {
		writeFileSync(file, TEMPLATE.replace("./FILE", path), { flag: "wx" });
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === "EEXIST") throw new UsageError(`bench init: ${file} is there already`, { cause: error });
		throw new UsageError(`bench init: ${file} cannot be written: ${code}`, { cause: error });
	}
	process.stdout.write(`wrote ${file}; measure it with: ebbpool bench ${path}\n`);
	return 0;
}
