import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Writable } from "node:stream";
import type { ThreadTrial, Trial } from "./trial-plan.ts";
import { TRIAL_VARIABLE } from "./trial-plan.ts";

/** A program, or a line for the shell. */
export type Runnable = readonly string[] | string;

export interface TrialResult {
	readonly status: number | null;
	readonly cpuMs: number;
	/** A digest of what it wrote to standard output. */
	readonly output: string;
	readonly errors: string;
	readonly violations: readonly string[];
	readonly checked: boolean;
}

const KEPT_ERROR_CHARACTERS = 2000;

/** Runs the program once, with some of its sources replaced; it sees an empty standard input. */
export async function runTrial(
	program: Runnable,
	trial: Omit<Trial, "spool">,
	folder: string,
	shown?: Writable,
): Promise<TrialResult> {
	const spool = join(folder, "trial");
	rmSync(spool, { recursive: true, force: true });
	mkdirSync(spool);
	const plan = join(folder, "trial.json");
	writeFileSync(plan, JSON.stringify({ ...trial, spool } satisfies Trial));
	const preload = new URL("./trial-preload.js", import.meta.url).href;
	const env = {
		...process.env,
		[TRIAL_VARIABLE]: plan,
		NODE_OPTIONS: `--import=${preload} ${process.env["NODE_OPTIONS"] ?? ""}`.trim(),
	};
	const shell = typeof program === "string";
	const [file, args] = shell ? [program, []] : [program[0] as string, program.slice(1)];
	const child = spawn(file, args, { env, shell, stdio: ["ignore", "pipe", "pipe"] });
	const digest = createHash("sha256");
	let errors = "";
	child.stdout.on("data", (chunk: Buffer) => {
		digest.update(chunk);
		shown?.write(chunk);
	});
	child.stderr.setEncoding("utf8").on("data", (text: string) => {
		errors = (errors + text).slice(-KEPT_ERROR_CHARACTERS);
	});
	const [status] = (await once(child, "close")) as [number | null];
	const threads = readdirSync(spool).map(
		(name) => JSON.parse(readFileSync(join(spool, name), "utf8")) as ThreadTrial,
	);
	return {
		status,
		cpuMs: threads.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
		output: digest.digest("hex"),
		errors,
		violations: threads.flatMap(({ violations }) => violations),
		checked: threads.some(({ checked }) => checked),
	};
}
