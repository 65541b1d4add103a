import { spawnSync } from "node:child_process";

/**
 * Runs a program to its end.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} [env] the own one unless given
 * @returns {{ status: number, stdout: string, output: string }} `output` is what it printed on both streams
 */
export function run(program, args, cwd, env = process.env) {
	// npm and what it installs are command scripts on Windows, which only a shell can start.
	const shell = process.platform === "win32" && program !== process.execPath;
	const result = spawnSync(program, args, { cwd, env, shell, encoding: "utf8", maxBuffer: 2 ** 28 });
	if (result.error) throw result.error;
	return { status: result.status ?? 1, stdout: result.stdout, output: result.stdout + result.stderr };
}

/**
 * Runs a program that must succeed.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {string} its standard output
 */
export function mustRun(program, args, cwd) {
	const { status, stdout, output } = run(program, args, cwd);
	if (status !== 0)
		throw new Error(`${[program, ...args].join(" ")} ended with status ${status}:\n${output}`);
	return stdout;
}
