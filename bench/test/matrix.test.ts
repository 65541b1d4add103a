import { test } from "node:test";
import type { BenchReport } from "@ebbpool/cli/report";
import { assert } from "chai";
import { betweenMarks } from "../dist/matrix/between-marks.js";
import { matrixTable } from "../dist/matrix/matrix-table.js";

const estimate = (median: number) => ({ median, low: median / 2, high: median * 2 });

/** As much of a report as the table reads. */
function reportOf(version: string, workloads: readonly object[]): BenchReport {
	return {
		date: "2026-01-02T03:04:05.000Z",
		runtime: { name: "Node", version },
		machine: { platform: "linux", architecture: "x64", processors: 2, processor: "Some Processor" },
		settings: { sittings: 2, roundsPerSitting: 6, windowMs: 83.3, liveMegabytes: 100 },
		workloads,
	} as unknown as BenchReport;
}

const measured = {
	name: "frame",
	fresh: { operationsPerSecond: 1234.5 },
	overFresh: { tuned: estimate(1.2), pooled: estimate(12) },
	verdict: { text: "pool it" },
};

test("the table has a row for each workload on each Node, with every multiple and its interval", () => {
	const table = matrixTable([
		reportOf("20.1.0", [measured, { name: "lines", error: "no luck" }]),
		reportOf("24.2.0", [measured]),
	]);
	const rows = table.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
	const cells = ["1.23k", "1.20× (0.60–2.40)", "–", "12.0× (6.00–24.0)", "pool it", ""];
	assert.deepEqual(rows[2], ["", "`frame`", "20", ...cells]);
	assert.deepEqual(rows[3], ["", "", "24", ...cells]);
	assert.deepEqual(rows[4], ["", "`lines`", "20", "–", "–", "–", "–", "failed", ""]);
	assert.include(table, "medians of 12 rounds of 83 ms a way");
	assert.include(table, "Beside 100 MB of live objects.");
	assert.include(table, "Node 20.1.0, Node 24.2.0; linux x64, 2 × Some Processor; 2026-01-02.");
});

test("the table goes between the marks and nowhere else", () => {
	const before = "a\n<!-- bench:matrix begins -->\nold\n<!-- bench:matrix ends -->\nb\n";
	const after = betweenMarks(before, "new\n");
	assert.equal(after, "a\n<!-- bench:matrix begins -->\n\nnew\n\n<!-- bench:matrix ends -->\nb\n");
	assert.equal(betweenMarks(String(after), "new\n"), after);
	assert.isUndefined(betweenMarks("a\n", "new"));
});
