import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { resultTable } from "../dist/report/table.js";
import { inventedComparison, WORKLOAD } from "./fixtures/comparison.ts";

const comparison = inventedComparison({
	ratios: [2.4],
	pauses: [123, 4.5],
	minor: [1234, 0],
	offHeap: [3_686_400, 0],
});
const table = (columns: number, isTTY = false): string =>
	resultTable([comparison], { windowMs: 125, stream: { columns, isTTY } });

describe("the table", () => {
	it("has a row for each variant and the verdict below", () => {
		const lines = table(120)
			.split("\n")
			.map((line) => line.trim().split(/ {2,}/u));
		const [fresh, pooled] = ["fresh", "pooled"].map((variant) => lines.find(([first]) => first === variant));
		const common = ["632 µs", "12.3 ms", "1.23 kB"];
		assert.deepEqual(fresh, ["fresh", "1k", ...common, "3.69 MB", "1234", "0", "123", "160 MB"]);
		assert.deepEqual(pooled, ["pooled", "2.4k", ...common, "0 B", "0", "0", "4.5", "160 MB", "2.40×"]);
		assert.ok(lines.some(([line]) => line === "→ pool it: 2.40×, collections per second 1234 → 0"));
		assert.ok(lines.some(([name, summary]) => name === "invented" && summary === WORKLOAD.summary));
	});

	it("fits a terminal of 80 columns", () => {
		const [rows] = table(80).split("\n\nMedians");
		for (const line of (rows as string).split("\n")) assert.ok(line.length <= 80, `${line.length}: ${line}`);
	});

	it("is the same text on a terminal, with colours", () => {
		const coloured = table(120, true);
		assert.notEqual(coloured, table(120));
		const trimmed = stripVTControlCharacters(coloured).replace(/ +$/gmu, "");
		assert.equal(trimmed, table(120));
	});

	it("says which workload failed", () => {
		const outcomes = [{ workload: WORKLOAD, error: new Error("no luck") }];
		const text = resultTable(outcomes, { windowMs: 125, stream: { columns: 80, isTTY: false } });
		assert.match(text, /invented {2}figures made up for a test\n {2}failed\n/u);
	});
});
