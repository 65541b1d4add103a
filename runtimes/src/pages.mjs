// Looks at the pages that `--report` writes in every browser that is installed: from disk, in both themes, on a desktop and on
// a phone. Nothing may be fetched, nothing may run over the edge, and axe must find nothing. `--screenshots FOLDER` keeps
// what was seen.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import puppeteer from "puppeteer-core";
import { Report } from "../../scripts/lib/report.mjs";
import { root } from "../../scripts/lib/root.mjs";
import { mustRun } from "../../scripts/lib/run.mjs";
import { chromium, firefox, programOf } from "./browser-runtime.mjs";

const { values } = parseArgs({ options: { screenshots: { type: "string" }, pages: { type: "string" } } });
const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

const WIDTHS = [1200, 375];
const THEMES = /** @type {const} */ (["light", "dark"]);

const folder = values.pages ?? mkdtempSync(join(tmpdir(), "ebbpool-pages-"));
if (values.pages === undefined) {
	process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
	mustRun("node", ["packages/cli/.test/fixtures/write-pages.js", folder], root);
}
if (values.screenshots !== undefined) mkdirSync(values.screenshots, { recursive: true });
const pages = readdirSync(folder).filter((file) => file.endsWith(".html"));

const report = new Report();
for (const kind of [chromium, firefox]) {
	const executablePath = programOf(kind);
	const name = String(kind.launch.browser);
	if (executablePath === undefined) {
		if (process.env.CI) report.fail(name, `none of ${kind.names.join(", ")} is installed`);
		else report.skip(name, `none of ${kind.names.join(", ")} is installed`);
		continue;
	}
	const browser = await puppeteer.launch({ ...kind.launch, executablePath });
	try {
		for (const file of pages)
			for (const width of WIDTHS) for (const theme of THEMES) await look(browser, name, file, width, theme);
	} finally {
		await browser.close();
	}
}
report.close();

/**
 * @param {import("puppeteer-core").Browser} browser
 * @param {string} name
 * @param {string} file
 * @param {number} width
 * @param {"light" | "dark"} theme
 */
async function look(browser, name, file, width, theme) {
	const page = await browser.newPage();
	const title = `${name}, ${file}, ${width} pixels, ${theme}`;
	/** @type {string[]} */
	const problems = [];
	const url = pathToFileURL(join(folder, file)).href;
	page.on("request", (request) => {
		if (request.url() !== url && !request.url().startsWith("data:"))
			problems.push(`fetched ${request.url()}`);
	});
	try {
		// The page allows no program; the check is one.
		await page.setBypassCSP(true).catch(() => {});
		await page.setViewport({ width, height: 900 });
		await page.goto(url);
		await page.click(`#theme-${theme}`);
		const seen = await page.evaluate(() => ({
			overflow: document.documentElement.scrollWidth - innerWidth,
			background: getComputedStyle(document.body).backgroundColor,
			heads: document.querySelectorAll("h2").length,
		}));
		if (seen.overflow > 0) problems.push(`runs ${seen.overflow} pixels over the edge`);
		if (seen.heads === 0) problems.push("shows nothing");
		const isDark = /rgb\((?:\d{1,2}, ?){2}/u.test(seen.background);
		if (isDark !== (theme === "dark")) problems.push(`is not ${theme}: ${seen.background}`);
		await page.evaluate(`(() => { ${axe} })()`);
		const violations = await page.evaluate(async () => {
			// @ts-expect-error axe is what was evaluated before
			const found = await globalThis.axe.run(document);
			return found.violations.map(
				(/** @type {{ id: string, help: string, nodes: { html: string }[] }} */ { id, help, nodes }) =>
					`axe, ${id}: ${help}\n${nodes
						.slice(0, 3)
						.map(({ html }) => html.slice(0, 200))
						.join("\n")}`,
			);
		});
		problems.push(...violations);
		if (values.screenshots !== undefined) {
			const path = /** @type {const} */ (`${values.screenshots}/${name}-${file}-${width}-${theme}.png`);
			await page.screenshot({ path, fullPage: true });
		}
	} catch (error) {
		problems.push(String(error));
	} finally {
		await page.close();
	}
	report.check(title, problems.join("\n"));
}
