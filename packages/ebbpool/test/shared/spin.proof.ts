import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { assert } from "chai";

const long = process.env.EBBPOOL_LONG === "1";
const model = fileURLToPath(new URL("../../test/shared/spin/shared-pool.pml", import.meta.url));

const isInstalled = (tool: string, flag: string) => spawnSync(tool, [flag]).error === undefined;
const missing = [
	["spin", "-V"],
	["gcc", "--version"],
].filter(([tool, flag]) => !isInstalled(tool as string, flag as string));
const skip = missing.length > 0 && `not installed: ${missing.map(([tool]) => tool).join(", ")}`;

/** What the verifier says of the model with these definitions. */
function verify(definitions: readonly string[]): { states: number; errors: number } {
	const folder = mkdtempSync(join(tmpdir(), "ebbpool-spin-"));
	const run = (command: string, args: readonly string[]) => {
		const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8" });
		assert.strictEqual(status, 0, `${command}: ${stdout}${stderr}`);
		return stdout;
	};
	try {
		copyFileSync(model, join(folder, "model.pml"));
		run("spin", [...definitions.map((definition) => `-D${definition}`), "-a", "model.pml"]);
		run("gcc", ["-O2", "-w", "-DSAFETY", "-DCOLLAPSE", "-DMEMLIM=8000", "-o", "pan", "pan.c"]);
		const report = run("./pan", ["-m500000", "-E"]);
		const number = (pattern: RegExp) => Number(pattern.exec(report)?.[1] ?? Number.NaN);
		assert.notMatch(report, /Search not completed(?![\s\S]*errors: [1-9])/, report);
		return { states: number(/(\d+) states, stored/), errors: number(/errors: (\d+)/) };
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** Growth by one thread between the search and the decision of another: without deaths, to be quick. */
const GROWING = ["THREADS=3", "INITIAL=1", "OPERATIONS=1", "CRASHES=0"] as const;

describe("SPIN agrees", { skip }, () => {
	for (const [name, definitions, isLong] of [
		["2 threads × 2 slots, one crash, 2 operations each", ["OPERATIONS=2"], false],
		["2 threads × 2 slots, one crash, 3 operations each", ["OPERATIONS=3"], true],
		["3 threads × 1 slot, one crash, 1 operation each", ["THREADS=3", "SLOTS=1", "OPERATIONS=1"], true],
		["2 threads × 1 slot growing to 2, one crash, 2 operations each", ["INITIAL=1", "OPERATIONS=2"], false],
		["3 threads × 1 slot growing to 2, 1 operation each", [...GROWING], false],
	] as const) {
		test(name, { skip: isLong && !long && "only with EBBPOOL_LONG=1" }, (t) => {
			const { states, errors } = verify(definitions);
			t.diagnostic(`${name}: ${states} states`);
			assert.strictEqual(errors, 0);
			assert.isAbove(states, 1000);
		});
	}
	for (const [fault, ...definitions] of [
		["NO_RECHECK", "OPERATIONS=2"],
		["FREE_BEFORE_ZERO", "THREADS=3", "SLOTS=1", "OPERATIONS=1"],
		["GROW_ON_NEWER_COUNT", ...GROWING],
	] as const) {
		test(`and finds ${fault}`, (t) => {
			const { states, errors } = verify([fault, ...definitions]);
			t.diagnostic(`${fault}: found after ${states} states`);
			assert.strictEqual(errors, 1);
		});
	}
});
