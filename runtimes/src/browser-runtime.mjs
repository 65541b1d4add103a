import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import puppeteer from "puppeteer-core";
import { chromiumTrace, spiderMonkeyProfile } from "./judges.mjs";

/**
 * @typedef {import("puppeteer-core").Browser} Browser
 * @typedef {import("puppeteer-core").Page} Page
 * @typedef {import("./judges.mjs").Collections} Collections
 * @typedef {import("./runtimes.mjs").Runtime} Runtime
 *
 * @typedef {{
 *   names: readonly string[],
 *   launch: Omit<import("puppeteer-core").LaunchOptions, "executablePath">,
 *   startJudging: (browser: Browser, page: Page) => Promise<() => Promise<Collections>>,
 *   prepare?: (browser: Browser, page: Page) => Promise<void>,
 * }} BrowserKind `names` are those of its program; `prepare` lends the page what it lacks
 */

const DEADLINE = 180_000;

/** @type {BrowserKind} */
export const chromium = {
	names: ["chromium", "chromium-browser", "google-chrome"],
	launch: {
		browser: "chrome",
		args: [
			"--js-flags=--expose-gc",
			"--disable-gpu",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
			"--no-first-run",
			// Chromium's sandbox refuses to run as root.
			...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
		],
	},
	async startJudging(_browser, page) {
		await page.tracing.start({ categories: ["-*", "v8", "blink.user_timing"] });
		return async () => chromiumTrace(JSON.parse(new TextDecoder().decode(await page.tracing.stop())));
	},
};

/** @type {BrowserKind} */
export const firefox = {
	names: ["firefox-esr", "firefox"],
	launch: {
		browser: "firefox",
		// Only privileged code can ask for a collection; see `requestCollection`.
		args: ["--remote-allow-system-access"],
		env: { ...process.env, JS_GC_PROFILE: "0,all", JS_GC_PROFILE_NURSERY: "0,all" },
	},
	async startJudging(browser) {
		const stderr = browser.process()?.stderr;
		if (!stderr) throw new Error("Firefox has no standard error");
		let log = "";
		const listen = (/** @type {Buffer} */ chunk) => {
			log += chunk;
		};
		stderr.on("data", listen);
		return async () => {
			// The content process writes before it answers, but through another pipe.
			await new Promise((resolve) => setTimeout(resolve, 500));
			stderr.off("data", listen);
			return spiderMonkeyProfile(log);
		};
	},
	async prepare(browser, page) {
		await page.exposeFunction("forceCollection", () => requestCollection(browser));
	},
};

/**
 * Asks every content process for a full collection, as the button in about:memory does. puppeteer has no call for
 * privileged scripts, so this speaks WebDriver BiDi over its connection.
 *
 * @param {Browser} browser
 */
async function requestCollection(browser) {
	const { connection } = /** @type {{ connection: BidiConnection }} */ (/** @type {unknown} */ (browser));
	const tree = await connection.send("browsingContext.getTree", { "moz:scope": "chrome", maxDepth: 0 });
	const request = /* must not refer to anything here: it runs in the browser */ () => {
		// @ts-expect-error Firefox's own global
		Services.obs.notifyObservers(null, "child-gc-request");
	};
	await connection.send("script.callFunction", {
		functionDeclaration: String(request),
		target: { context: tree.result.contexts[0]?.context },
		awaitPromise: false,
	});
}

/**
 * @typedef {{
 *   send(method: string, parameters: object): Promise<{ result: { contexts: { context: string }[] } }>,
 * }} BidiConnection
 */

/** @implements {Runtime} */
export class BrowserRuntime {
	#kind;
	#url;

	/**
	 * @param {string} name
	 * @param {BrowserKind} kind
	 * @param {string} url of the page
	 */
	constructor(name, kind, url) {
		this.name = name;
		this.#kind = kind;
		this.#url = url;
	}

	missing() {
		return programOf(this.#kind) ? undefined : `none of ${this.#kind.names.join(", ")} is installed`;
	}

	/**
	 * @param {import("./runtimes.mjs").Job} job
	 * @param {import("./runtimes.mjs").Realm} realm
	 * @param {boolean} judged
	 */
	async run(job, realm, judged) {
		const { launch, startJudging, prepare } = this.#kind;
		const executablePath = programOf(this.#kind);
		if (executablePath === undefined) throw new Error(this.missing());
		const browser = await puppeteer.launch({ ...launch, executablePath, protocolTimeout: DEADLINE });
		try {
			const page = await browser.newPage();
			await page.goto(this.#url);
			await prepare?.(browser, page);
			const stopJudging = judged ? await startJudging(browser, page) : undefined;
			const result = await page.evaluate((...given) => globalThis.runJob(...given), job, realm);
			return { result, collections: await stopJudging?.() };
		} finally {
			await browser.close();
		}
	}
}

/**
 * The path of a browser's program, if it is installed.
 *
 * @param {BrowserKind} kind
 */
export function programOf({ names }) {
	const folders = (process.env.PATH ?? "").split(delimiter);
	return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
