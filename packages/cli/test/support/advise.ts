import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { AdviseReport } from "../../dist/report/model.js";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

export interface Advised {
	readonly status: number | null;
	readonly stdout: string;
	readonly stderr: string;
	readonly report: AdviseReport;
}

interface AdviseOptions {
	readonly args?: readonly string[];
	/** Of the Node that runs the fixture. */
	readonly node?: readonly string[];
	/** Of `advise` itself. */
	readonly options?: readonly string[];
	readonly input?: string;
	/** Sent to the advisor once the program has written something. */
	readonly signal?: NodeJS.Signals;
}

/** Runs a fixture under `ebbpool advise` to its end. */
export async function advise(fixture: string, given: AdviseOptions = {}): Promise<Advised> {
	const { args = [], node = [], options = [], input = "", signal } = given;
	const folder = await mkdtemp(join(tmpdir(), "ebbpool-advise-test-"));
	try {
		const json = join(folder, "report.json");
		const program = ["--", process.execPath, ...node, pathOf(fixture), ...args];
		const child = spawn(process.execPath, [MAIN, "advise", "--json", json, ...options, ...program], {
			stdio: ["pipe", "pipe", "pipe"],
		});
		child.stdin.end(input);
		if (signal !== undefined)
			child.stdout.once("data", () => setTimeout(() => child.kill(signal), SIGNAL_AFTER_MS));
		const [stdout, stderr, [status]] = await Promise.all([
			text(child.stdout),
			text(child.stderr),
			once(child, "close") as Promise<[number | null]>,
		]);
		return { status, stdout, stderr, report: JSON.parse(await readFile(json, "utf8")) };
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** So that there is something to report. */
const SIGNAL_AFTER_MS = 700;

/** Runs a fixture by itself and gives what it printed. */
export async function runNode(fixture: string): Promise<string> {
	const { stdout } = await promisify(execFile)(process.execPath, [pathOf(fixture)]);
	return stdout;
}

function pathOf(fixture: string): string {
	return fileURLToPath(new URL(`../fixtures/advise/${fixture}`, import.meta.url));
}
