import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const TIMEOUT = 60_000;

export interface FixtureRun {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
	/** How long the process lived. */
	readonly ms: number;
}

/** Runs a program of `fixtures/` in a process of its own, with the collector exposed. */
export async function runFixture(
	name: string,
	args: readonly string[] = [],
	flags: readonly string[] = [],
): Promise<FixtureRun> {
	const program = fileURLToPath(new URL(`../fixtures/${name}.js`, import.meta.url));
	const started = performance.now();
	const child = spawn(process.execPath, ["--expose-gc", ...flags, program, ...args], {
		stdio: ["ignore", "pipe", "pipe"],
		timeout: TIMEOUT,
	});
	const closed = new Promise<number | null>((resolve, reject) => {
		child.once("error", reject);
		child.once("close", resolve);
	});
	const [code, stdout, stderr] = await Promise.all([closed, text(child.stdout), text(child.stderr)]);
	return { code, stdout, stderr, ms: performance.now() - started };
}

/** What a fixture printed, as JSON; throws unless it ended well. */
export async function fixtureReport<T>(...run: Parameters<typeof runFixture>): Promise<T> {
	const { code, stdout, stderr } = await runFixture(...run);
	if (code !== 0) throw new Error(`fixture ${run[0]} ended with ${code}: ${stderr}`);
	return JSON.parse(stdout) as T;
}
