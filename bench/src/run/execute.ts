import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Runs a program to its end and returns what it printed. */
export async function execute(
	[executable, ...args]: readonly [string, ...string[]],
	options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
	const { stdout } = await run(executable, args, options);
	return stdout.trim();
}
