import { readFile, writeFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { assert } from "chai";
import { parseHTML } from "linkedom";
import type { Report } from "../../dist/report/model.js";
import { renderPage } from "../../dist/report/page/render-page.js";
import { INVENTED_FAILURE, inventedComparison, inventedReport } from "../fixtures/comparison.ts";
import { HOSTILE, inventedAdvice, inventedCheck } from "../fixtures/reports.ts";
import { runCli } from "../support/run-cli.ts";
import { scratchFolder } from "../support/scratch.ts";

const bench = inventedReport([
	inventedComparison({ speeds: { tuned: [1.2, 1.1], byHand: [2.3, 2.2], pooled: [2.4, 2.5] } }),
	{ ...INVENTED_FAILURE, name: HOSTILE, error: HOSTILE },
]);
const reports: readonly Report[] = [bench, inventedAdvice(), inventedCheck()];

describe("the page of a report", () => {
	for (const report of reports) {
		it(`has no program and fetches nothing, whatever stands in the report: ${report.kind}`, () => {
			const text = renderPage(report);
			const { document } = parseHTML(text);
			assert.lengthOf(document.querySelectorAll("script, link, img, iframe, object, embed, use, image"), 0);
			for (const element of document.querySelectorAll("*")) {
				for (const { name, value } of element.attributes) {
					assert.notMatch(name, /^on/u);
					if (name === "href") assert.match(value, /^#/u);
					assert.notInclude(["src", "srcset", "data", "action", "xlink:href"], name);
				}
			}
			assert.notMatch(text, /url\(|@import|<script/u);
			assert.include(document.body.textContent, HOSTILE);
		});

		it(`gives every picture words, every table heads, and every link a target: ${report.kind}`, () => {
			const { document } = parseHTML(renderPage(report));
			for (const svg of document.querySelectorAll("svg")) {
				assert.equal(svg.getAttribute("role"), "img");
				assert.isNotEmpty(svg.getAttribute("aria-label"));
			}
			for (const table of document.querySelectorAll("table"))
				assert.exists(table.querySelector("th[scope=col]"));
			const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
			assert.lengthOf(new Set(ids), ids.length, "no id twice");
			for (const link of document.querySelectorAll("a[href]")) {
				assert.include(ids, link.getAttribute("href")?.slice(1));
			}
		});

		it(`is the same page when it is drawn from the saved report: ${report.kind}`, () => {
			assert.equal(renderPage(JSON.parse(JSON.stringify(report))), renderPage(report));
		});
	}

	it("shows a benchmark's verdict, ways, plots and figures", () => {
		const { document } = parseHTML(renderPage(bench));
		const text = document.body.textContent;
		const [comparison] = bench.workloads;
		assert.ok(comparison !== undefined && "verdict" in comparison);
		assert.include(text, comparison.verdict.text);
		const captions = [...document.querySelectorAll("figcaption")].map(({ textContent }) => textContent);
		for (const caption of [
			"Operations per second, as a multiple of fresh",
			...["Throughput over time", "Memory in the JavaScript heap", "Pauses for collections"],
			"Latency by percentile",
		]) {
			assert.include(captions, caption);
		}
		const rows = [...document.querySelectorAll("tbody th")].map(({ textContent }) => textContent);
		assert.deepEqual(rows, ["fresh", "tuned", "by hand", "pooled"]);
	});

	it("shows an advisor's sites, icicle, lifetimes, pools and proofs", () => {
		const { document } = parseHTML(renderPage(inventedAdvice()));
		const text = document.body.textContent;
		for (const said of [
			"src/app.js:12:7",
			"pool it",
			"It escapes: given to a callback.",
			"Not changed: it escapes",
		]) {
			assert.include(text, said);
		}
		assert.include(text, "1.30× (1.20× to 1.40×) less processor time, and the checks found nothing");
		const captions = [...document.querySelectorAll("figcaption")].map(({ textContent }) => textContent);
		assert.includeMembers(captions, [
			...["Where the heap's bytes are allocated", "Lifetimes, share of bytes", "Hits and misses"],
		]);
		assert.isAtLeast(document.querySelectorAll("svg rect").length, 5 + 4);
	});

	it("shows a check's violations with their stacks", () => {
		const text = parseHTML(renderPage(inventedCheck())).document.body.textContent;
		for (const said of [
			"2 violations.",
			"doublePut",
			"got at",
			"handle (src/app.js:12:7)",
			"ended by SIGTERM",
		]) {
			assert.include(text, said);
		}
	});
});

describe("ebbpool report", () => {
	const file = scratchFolder();

	it("writes the page of a saved report beside it, or where it is told", async () => {
		await writeFile(file("run.json"), JSON.stringify(bench));
		const { status, stdout } = await runCli(["report", file("run.json")]);
		assert.deepEqual([status, stdout], [0, `wrote ${file("run.html")}\n`]);
		assert.equal(await readFile(file("run.html"), "utf8"), renderPage(bench));
		await runCli(["report", file("run.json"), "--report", file("other.html")]);
		assert.equal(await readFile(file("other.html"), "utf8"), renderPage(bench));
	});

	it("refuses what --json did not write", async () => {
		const refused = async (content: string | undefined, message: RegExp): Promise<void> => {
			if (content !== undefined) await writeFile(file("bad.json"), content);
			const { status, stderr } = await runCli([
				"report",
				file(content === undefined ? "none.json" : "bad.json"),
			]);
			assert.equal(status, 2);
			assert.match(stderr, message);
		};
		await refused(undefined, /there is no such file/u);
		await refused("{", /JSON/u);
		await refused("[]", /expected what --json wrote/u);
		await refused("null", /expected what --json wrote/u);
		await refused(JSON.stringify({ ...bench, format: 1 }), /expected format 2, got 1/u);
	});
});
