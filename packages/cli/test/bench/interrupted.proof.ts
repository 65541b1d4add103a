import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { assert } from "chai";
import type { BenchReport } from "../../dist/report/model.js";
import { runCli } from "../support/run-cli.ts";
import { scratchFolder } from "../support/scratch.ts";

describe("Ctrl-C", () => {
	const file = scratchFolder();

	it("prints and writes what is done, and ends with the status of an interrupted program", async () => {
		const json = file("bench.json");
		const { status, stdout, stderr } = await runCli(
			["bench", "points", "encode", "--seconds", "0.2", "--json", json],
			{
				onStart: (child) => {
					child.stderr.on("data", (said) => {
						if (String(said).includes("1 of 2 done")) child.kill("SIGINT");
					});
				},
			},
		);
		assert.equal(status, 130);
		assert.match(stdout, /^points .*\n {2}fresh .*\n {2}tuned .*\n {2}pooled .*\n {2}→ /mu);
		assert.notInclude(stdout, "encode");
		assert.include(stdout, "Interrupted: what was done by then.");
		assert.equal(stderr, "points: 1 of 2 done\n");
		const report = JSON.parse(await readFile(json, "utf8")) as BenchReport;
		assert.isTrue(report.interrupted);
		assert.lengthOf(report.workloads, 1);
	});
});
