import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../../../scripts/lib/root.mjs";
import { reachIn } from "./reach.mjs";

/** A test file that runs without a mutant ends long before. */
const TIMEOUT = 120_000;

/**
 * How a test file ended: `failed` at its first failure, `stuck` if it had to be ended.
 *
 * @typedef {"passed" | "failed" | "stuck"} Verdict
 */

/**
 * A copy of the compiled library with its compiled tests, outside the repository. The tests import the package by its
 * name, and so find the copy that they lie in.
 */
export class Laboratory {
	#folder = mkdtempSync(join(tmpdir(), "ebbpool-mutants-"));
	#library = join(this.#folder, "packages", "ebbpool");
	/** Ends the test file that runs. @type {(() => void) | undefined} */
	#stop;

	constructor() {
		const library = join(root, "packages", "ebbpool");
		for (const part of ["package.json", "dist", ".test"]) {
			cpSync(join(library, part), join(this.#library, part), { recursive: true });
		}
		for (const lent of ["node_modules", "docs"]) {
			symlinkSync(join(root, lent), join(this.#folder, lent), "dir");
		}
	}

	/**
	 * Runs a test file against the library as it is, and sees which characters of which module it reaches.
	 *
	 * @param {string} test below `.test`
	 */
	async record(test) {
		const dumps = join(this.#folder, "coverage");
		const started = performance.now();
		const verdict = await this.#run(test, TIMEOUT, { NODE_V8_COVERAGE: dumps });
		if (verdict !== "passed") throw new Error(`${test} ${verdict} without any mutant`);
		const time = performance.now() - started;
		const reach = reachIn(dumps, pathToFileURL(join(this.#library, "dist/")).href);
		rmSync(dumps, { recursive: true });
		return { test, time, reach };
	}

	/**
	 * Runs test files against the library with one module changed, until one of them does not pass.
	 *
	 * @param {string} module below `dist`
	 * @param {string} text
	 * @param {readonly { test: string, timeout: number }[]} judges tests are named below `.test`
	 * @returns {Promise<{ test: string, verdict: Verdict } | undefined>} which of them found the change
	 */
	async killer(module, text, judges) {
		const path = join(this.#library, "dist", module);
		const before = readFileSync(path);
		writeFileSync(path, text);
		try {
			for (const { test, timeout } of judges) {
				const verdict = await this.#run(test, timeout, {});
				if (verdict !== "passed") return { test, verdict };
			}
			return undefined;
		} finally {
			writeFileSync(path, before);
		}
	}

	/**
	 * @param {string} test below `.test`
	 * @param {number} timeout milliseconds
	 * @param {Record<string, string>} environment
	 * @returns {Promise<Verdict>}
	 */
	#run(test, timeout, environment) {
		const options = ["--expose-gc", "--test-force-exit", "--test-reporter=tap"];
		const child = spawn(process.execPath, [...options, join(".test", test)], {
			cwd: this.#library,
			detached: true,
			stdio: ["ignore", "pipe", "ignore"],
			env: { ...process.env, EBBPOOL_SEED: "1", ...environment },
		});
		return new Promise((resolve) => {
			/** @type {Verdict | undefined} */
			let verdict;
			/** Ends the test's own processes and threads with it. */
			const stop = () => {
				try {
					process.kill(-Number(child.pid), "SIGKILL");
				} catch {
					// Nobody was left.
				}
			};
			this.#stop = stop;
			const timer = setTimeout(() => {
				verdict ??= "stuck";
				stop();
			}, timeout);
			let told = "";
			child.stdout.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
				told += text;
				if (/^ *not ok /m.test(told)) {
					verdict ??= "failed";
					stop();
				}
				told = told.slice(told.lastIndexOf("\n") + 1);
			});
			child.on("close", (code) => {
				clearTimeout(timer);
				stop();
				this.#stop = undefined;
				resolve(verdict ?? (code === 0 ? "passed" : "failed"));
			});
		});
	}

	close() {
		this.#stop?.();
		rmSync(this.#folder, { recursive: true, force: true });
	}
}
