import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

export interface CliResult {
	readonly status: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs `ebbpool`; with `preload`, a fixture that each of its processes loads first. */
export async function runCli(args: readonly string[], preload?: string): Promise<CliResult> {
	const fixture = preload && new URL(`../fixtures/${preload}`, import.meta.url).href;
	const env = { ...process.env, NODE_OPTIONS: fixture ? `--import ${fixture}` : "" };
	const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
	const [stdout, stderr, [status]] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		once(child, "close") as Promise<[number | null]>,
	]);
	return { status, stdout, stderr };
}
