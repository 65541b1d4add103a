import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

export interface CliResult {
	readonly status: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

export interface CliOptions {
	/** A fixture that each process of the tool loads first. */
	readonly preload?: string;
	readonly cwd?: string;
	/** Is given the process as soon as it is there. */
	readonly onStart?: (child: ChildProcessByStdio<null, Readable, Readable>) => void;
}

/** Runs `ebbpool` to its end. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
	const { preload, cwd, onStart } = options;
	const fixture = preload && new URL(`../fixtures/${preload}`, import.meta.url).href;
	const env = { ...process.env, NODE_OPTIONS: fixture ? `--import ${fixture}` : "" };
	const child = spawn(process.execPath, [MAIN, ...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
	onStart?.(child);
	const [stdout, stderr, [status]] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		once(child, "close") as Promise<[number | null]>,
	]);
	return { status, stdout, stderr };
}
