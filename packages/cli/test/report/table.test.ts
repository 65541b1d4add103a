import { describe, it } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { assert } from "chai";
import { benchTable } from "../../dist/report/table.js";
import { terminal } from "../../dist/report/terminal.js";
import { INVENTED_FAILURE, inventedComparison, inventedReport } from "../fixtures/comparison.ts";

const comparison = inventedComparison({
	speeds: { tuned: [1.2], byHand: [2.3], pooled: [2.4] },
	pauses: { fresh: 123, tuned: 120, byHand: 6, pooled: 4.5 },
	minor: { fresh: 1234 },
	offHeap: { fresh: 3_686_400, tuned: 3_686_400 },
});

interface Screen {
	readonly columns?: number;
	readonly isTTY?: boolean;
	readonly env?: NodeJS.ProcessEnv;
}

function table({ columns, isTTY = false, env = {} }: Screen, workloads = [comparison]): string {
	const stream = { isTTY, ...(columns !== undefined && { columns }), write() {} };
	return benchTable(inventedReport(workloads), terminal(stream, env));
}

describe("the table", () => {
	it("has a row for each way with the interval of its ratio, and the verdict below", () => {
		const lines = table({})
			.split("\n")
			.map((line) => line.trim().split(/ {2,}/u));
		const row = (way: string) => lines.find(([first]) => first === way);
		const common = ["632 µs", "12.3 ms", "1.23 kB"];
		assert.deepEqual(row("fresh"), ["fresh", "1k", ...common, "3.69 MB", "1234", "0", "123", "160 MB"]);
		assert.deepEqual(row("pooled"), [
			...["pooled", "2.4k", ...common, "0 B", "0", "0", "4.5", "160 MB", "2.40×", "2.40–2.40"],
		]);
		assert.equal(row("by hand")?.at(-2), "2.30×");
		assert.equal(row("tuned")?.at(-2), "1.20×");
		assert.exists(row(`→ ${comparison.verdict.text}`));
		assert.include(table({}), "invented  figures made up for a test");
	});

	for (const columns of [36, 45, 60, 80, 100, 120]) {
		it(`fits ${columns} columns, and still has every way, its ratio and the verdict`, () => {
			const text = table({ columns });
			const [body = ""] = text.split("Medians of");
			for (const line of body.split("\n")) assert.isAtMost(line.length, columns, line);
			assert.match(text, /^ {2}by hand .* 2\.30× +2\.30–2\.30$/mu);
			assert.include(text.replace(/\n */gu, " "), comparison.verdict.text);
		});
	}

	it("is the same text on a terminal, with colours", () => {
		const coloured = table({ columns: 120, isTTY: true, env: { TERM: "xterm" } });
		assert.notEqual(coloured, table({ columns: 120 }));
		assert.equal(stripVTControlCharacters(coloured), table({ columns: 120 }));
	});

	it("has no control characters where they cannot be shown or are not wanted", () => {
		for (const env of [{ TERM: "dumb" }, { TERM: "xterm", NO_COLOR: "1" }]) {
			assert.equal(table({ columns: 120, isTTY: true, env }), table({ columns: 120 }));
		}
	});

	it("says which workload failed", () => {
		const text = benchTable(inventedReport([INVENTED_FAILURE]), terminal({ columns: 80, write() {} }, {}));
		assert.match(text, /invented {2}figures made up for a test\n {2}failed\n/u);
	});

	it("names the runtime, and says so where a run was interrupted", () => {
		const report = { ...inventedReport([comparison]), interrupted: true };
		const bun = { ...report.runtime, name: "Bun" as const, version: "1.4.5", engine: "JavaScriptCore" };
		const text = benchTable({ ...report, runtime: bun }, terminal({ write() {} }, {}));
		assert.include(text, "Interrupted");
		assert.include(text, "Bun 1.4.5, JavaScriptCore, linux x64, 2 × Some Processor.");
	});
});
