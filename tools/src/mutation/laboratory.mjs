import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../../scripts/lib/root.mjs";

/** A test file that has not ended by then is stuck in a loop that the mutant made: it is found. */
const TIMEOUT = 120_000;

/**
 * A copy of the compiled library with its compiled tests, outside the repository. The tests import the package by its
 * name, and so find the copy that they lie in.
 */
export class Laboratory {
	#folder = mkdtempSync(join(tmpdir(), "ebbpool-mutants-"));

	constructor() {
		const library = join(root, "packages", "ebbpool");
		for (const part of ["package.json", "dist", ".test"]) {
			cpSync(join(library, part), join(this.#folder, part), { recursive: true });
		}
		symlinkSync(join(root, "node_modules"), join(this.#folder, "node_modules"), "dir");
	}

	/** @param {string} module below `dist` */
	read(module) {
		return readFileSync(join(this.#folder, "dist", module), "utf8");
	}

	/**
	 * Runs test files against the library with one module changed, until one of them fails.
	 *
	 * @param {string} module below `dist`
	 * @param {string} text
	 * @param {readonly string[]} tests below `.test`
	 * @returns {Promise<string | undefined>} which of them found the change
	 */
	async killer(module, text, tests) {
		const path = join(this.#folder, "dist", module);
		const before = readFileSync(path);
		writeFileSync(path, text);
		try {
			for (const test of tests) if (!(await this.passes(test))) return test;
			return undefined;
		} finally {
			writeFileSync(path, before);
		}
	}

	/**
	 * @param {string} test below `.test`
	 * @returns {Promise<boolean>}
	 */
	passes(test) {
		const child = spawn(process.execPath, ["--expose-gc", "--test-force-exit", join(".test", test)], {
			cwd: this.#folder,
			detached: true,
			stdio: "ignore",
			env: { ...process.env, EBBPOOL_SEED: "1" },
		});
		return new Promise((resolve) => {
			const end = () => {
				try {
					process.kill(-Number(child.pid), "SIGKILL");
				} catch {
					// Nobody was left.
				}
			};
			const timer = setTimeout(end, TIMEOUT);
			child.on("close", (code) => {
				clearTimeout(timer);
				end();
				resolve(code === 0);
			});
		});
	}

	close() {
		rmSync(this.#folder, { recursive: true, force: true });
	}
}
