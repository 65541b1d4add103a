import { readFile, writeFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { assert } from "chai";
import type { BenchReport } from "../../dist/report/model.js";
import { runCli } from "../support/run-cli.ts";
import { scratchFolder } from "../support/scratch.ts";

describe("a workload of one's own", () => {
	const file = scratchFolder();
	const cwd = () => file(".");

	it("is written by bench init, and measured with nothing installed beside it", async () => {
		const init = await runCli(["bench", "init", "mine.mjs"], { cwd: cwd() });
		assert.deepEqual(init, {
			status: 0,
			stdout: "wrote mine.mjs; measure it with: ebbpool bench ./mine.mjs\n",
			stderr: "",
		});
		const bench = ["bench", "./mine.mjs", "--all-ways", "--seconds", "0.2", "--json", "bench.json"];
		const { status, stdout, stderr } = await runCli(bench, { cwd: cwd() });
		assert.equal(status, 0, stderr);
		assert.match(stdout, /^mine .*\n {2}fresh .*\n {2}tuned .*\n {2}by hand .*\n {2}pooled .*\n {2}→ /mu);
		const report = JSON.parse(await readFile(file("bench.json"), "utf8")) as BenchReport;
		const [mine] = report.workloads;
		assert.ok(mine !== undefined && "pooled" in mine);
		assert.equal(mine.pooled.pool?.name, "mine");
		assert.isAbove(mine.pooled.pool?.pooled ?? 0, 0);
		assert.isAbove(mine.fresh.allocatedPerOperation?.offHeap ?? 0, 60_000);
	});

	it("is never written over what is there", async () => {
		await writeFile(file("there.mjs"), "// precious\n");
		const { status, stderr } = await runCli(["bench", "init", "there.mjs"], { cwd: cwd() });
		assert.equal(status, 2);
		assert.match(stderr, /^ebbpool: bench init: there\.mjs is there already\n/u);
		assert.equal(await readFile(file("there.mjs"), "utf8"), "// precious\n");
	});

	const mistakes: readonly (readonly [title: string, source: string, message: RegExp])[] = [
		["exports nothing", "", /expected its default export to be defineWorkload\(\{ … \}\)/u],
		["does not parse", "export default {", /cannot be loaded: Unexpected end of input/u],
		["imports what is not there", 'import "nowhere";', /cannot be loaded: Cannot find package 'nowhere'/u],
		["lacks the function", workload(""), /cannot be loaded: defineWorkload: expected either run or open/u],
		["misspells a field", workload("runs() {}"), /unknown field runs; known: name, /u],
		["has two of a name", twice(), /there are two workloads called a$/mu],
	];
	for (const [title, source, message] of mistakes) {
		it(`is refused before anything is measured if it ${title}`, async () => {
			await writeFile(file("mistake.mjs"), source);
			const { status, stdout, stderr } = await runCli(["bench", "./mistake.mjs"], { cwd: cwd() });
			assert.deepEqual([status, stdout], [2, ""]);
			assert.match(stderr, message);
		});
	}

	it("that fails while it runs is said with what it threw", async () => {
		await writeFile(file("fails.mjs"), workload('run() { throw new Error("no luck"); }'));
		const { status, stdout, stderr } = await runCli(["bench", "./fails.mjs"], { cwd: cwd() });
		assert.equal(status, 1);
		assert.match(stdout, /^a\n {2}failed$/mu);
		assert.match(stderr, /Error: no luck/u);
	});
});

function workload(fields: string): string {
	const items = "pool: { new: () => ({}) }";
	return `import { defineWorkload } from "@ebbpool/cli/workload";
export default defineWorkload({ name: "a", ${items}, ${fields} });`;
}

function twice(): string {
	return workload("run() {}").replace("default ", "default [1, 2].map(() => ").replace(/;$/u, ");");
}
