import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { root } from "../../../scripts/lib/root.mjs";

/** The parts that are tested so, and where the tests that judge each begin. @type {Readonly<Record<string, readonly string[]>>} */
const TESTS = {
	pool: ["pool/", "gc/", "stress/", "base/", "checks/", "messages"],
	gc: ["gc/", "pool/", "messages"],
	bytes: ["bytes/", "messages"],
	resource: ["resource/", "base/", "messages"],
	"shared/core": ["shared/"],
};

export const PARTS = Object.keys(TESTS);

/** Tests that run changed copies of modules, which are not seen as these modules: they reach all below this folder. @type {Readonly<Record<string, string>>} */
const COPIES = { "shared/explorer.test.js": "shared/core/" };

/** Whoever takes longer than this many times its own time, and some more on a busy machine, is in a loop that the mutant made. */
const STUCK = { times: 4, milliseconds: 5_000 };

/** @typedef {import("./laboratory.mjs").Laboratory} Laboratory */

/** Which test files are asked whether they find a mutant: those that reach it, the quickest first. */
export class Judges {
	/** @type {Awaited<ReturnType<Laboratory["record"]>>[]} */
	#records = [];
	/** Which test found a change in each module last: it is asked first the next time. @type {Map<string, string>} */
	#lastKillers = new Map();

	/**
	 * Runs the tests of these parts once each.
	 *
	 * @param {Laboratory} laboratory
	 * @param {readonly string[]} parts
	 */
	async record(laboratory, parts) {
		const starts = parts.flatMap((part) => TESTS[part] ?? []);
		const compiled = join(root, "packages", "ebbpool", ".test");
		for (const file of readdirSync(compiled, { recursive: true }).map(String).sort()) {
			const test = file.split(sep).join("/");
			if (!test.endsWith(".test.js") || !starts.some((start) => test.startsWith(start))) continue;
			this.#records.push(await laboratory.record(test));
		}
		this.#records.sort((a, b) => a.time - b.time);
	}

	/**
	 * @param {string} part
	 * @param {string} module
	 * @param {number} offset of the first character that is changed
	 */
	of(part, module, offset) {
		const last = this.#lastKillers.get(module);
		const judges = this.#records
			.filter(({ test }) => TESTS[part]?.some((start) => test.startsWith(start)))
			.filter(
				({ test, reach }) =>
					reach.get(module)?.[offset] === 1 || module.startsWith(COPIES[test] ?? "nothing"),
			)
			.map(({ test, time }) => ({ test, timeout: STUCK.times * time + STUCK.milliseconds }));
		return [...judges.filter(({ test }) => test === last), ...judges.filter(({ test }) => test !== last)];
	}

	/**
	 * @param {string} module
	 * @param {string} test that found a change in it
	 */
	found(module, test) {
		this.#lastKillers.set(module, test);
	}
}
