import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import puppeteer from "puppeteer-core";
import { chromiumProgram } from "./chromium-program.mjs";
import { runTool } from "./run-tool.mjs";
import { scratch, tool } from "./scratch.mjs";
import { WARNING } from "./warning.mjs";

/** @type {Readonly<Record<string, string>>} */
const TYPES = { ".html": "text/html", ".js": "text/javascript" };
const DEADLINE = 60_000;

/** @type {import("./check-consumers.mjs").Consumer} */
export const page = {
	name: "vite",
	async check(report, installed) {
		const folder = scratch(installed, "page");
		const { status, output } = runTool(process.execPath, [tool("vite/bin/vite.js"), "build"], folder);
		report.check("vite builds without a warning", status === 0 && !WARNING.test(output) ? undefined : output);

		const what = "a page built by vite works in Chromium, and so does its worker";
		const executablePath = chromiumProgram();
		if (executablePath !== undefined) {
			const title = await titleOf(executablePath, join(folder, "dist"));
			report.check(what, title === "well" ? undefined : title);
		} else if (process.env.CI) report.fail(what, "Chromium is not installed");
		else report.skip(what, "Chromium is not installed");
	},
};

/**
 * @param {string} executablePath
 * @param {string} folder
 * @returns {Promise<string>} the title of the page, once it is done
 */
async function titleOf(executablePath, folder) {
	const server = await serve(folder);
	// Chromium's sandbox refuses to run as root.
	const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
	const browser = await puppeteer.launch({ executablePath, args });
	try {
		const tab = await browser.newPage();
		await tab.goto(server.url);
		await tab.waitForFunction(() => document.title !== "working", { timeout: DEADLINE });
		return await tab.title();
	} finally {
		await browser.close();
		server.close();
	}
}

/** @param {string} folder */
async function serve(folder) {
	const server = createServer(({ url = "/" }, response) => {
		const { pathname } = new URL(url, "http://localhost");
		const file = pathname === "/" ? "/index.html" : pathname;
		// Browsers share memory between threads on isolated pages only.
		response.setHeader("cross-origin-opener-policy", "same-origin");
		response.setHeader("cross-origin-embedder-policy", "require-corp");
		try {
			const body = readFileSync(join(folder, file));
			response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream").end(body);
		} catch {
			response.writeHead(404).end();
		}
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = /** @type {import("node:net").AddressInfo} */ (server.address());
	return {
		url: `http://127.0.0.1:${address.port}/`,
		close() {
			server.close();
			server.closeAllConnections();
		},
	};
}
