import { run } from "../../scripts/lib/run.mjs";

/** What a tool is told of the machine. Many print and do other things where a variable says that this is CI, or a terminal. */
const TOLD = [
	"PATH",
	"HOME",
	"TMPDIR",
	"TEMP",
	"USERPROFILE",
	"APPDATA",
	"LOCALAPPDATA",
	"SystemRoot",
	"ComSpec",
];

/**
 * Runs a tool to its end, in the same environment on every machine.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} [more] what this tool is told besides
 */
export function runTool(program, args, cwd, more = {}) {
	const told = Object.fromEntries(TOLD.map((name) => [name, process.env[name]]));
	return run(program, args, cwd, { ...told, ...more });
}
