import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { root } from "../../../scripts/lib/root.mjs";

/** The parts that are tested so, and where the tests that judge each begin. @type {Readonly<Record<string, readonly string[]>>} */
const TESTS = {
	pool: ["pool/", "gc/", "stress/", "base/", "checks/", "metrics/", "messages"],
	gc: ["gc/", "pool/", "metrics/", "messages"],
	bytes: ["bytes/", "checks/sample", "checks/subclasses", "metrics/", "messages"],
	resource: ["resource/", "base/", "checks/subclasses", "metrics/", "messages"],
	"shared/core": ["shared/", "metrics/"],
};

export const PARTS = Object.keys(TESTS);

/** Tests that run changed copies of modules, which are not seen as these modules: they reach all below this folder. @type {Readonly<Record<string, string>>} */
const COPIES = { "shared/explorer.test.js": "shared/core/" };

/** Whoever takes longer than this many times its own time, and some more on a busy machine, is in a loop that the mutant made. */
const STUCK = { times: 4, milliseconds: 5_000 };

/** @typedef {import("./laboratory.mjs").Laboratory} Laboratory */

/** Which test files are asked whether they find a mutant: those that reach it. */
export class Judges {
	/** @type {Awaited<ReturnType<Laboratory["record"]>>[]} */
	#records = [];
	/** How many mutants each test has found. @type {Map<string, number>} */
	#finds = new Map();

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
	}

	/**
	 * The quickest first; what one has found so far counts for it.
	 *
	 * @param {string} part
	 * @param {string} module
	 * @param {number} offset of the first character that is changed
	 */
	of(part, module, offset) {
		const cost = (/** @type {{ test: string, time: number }} */ { test, time }) =>
			time / (1 + (this.#finds.get(test) ?? 0));
		return this.#records
			.filter(({ test }) => TESTS[part]?.some((start) => test.startsWith(start)))
			.filter(
				({ test, reach }) =>
					reach.get(module)?.[offset] === 1 || module.startsWith(COPIES[test] ?? "nothing"),
			)
			.sort((a, b) => cost(a) - cost(b))
			.map(({ test, time }) => ({ test, timeout: STUCK.times * time + STUCK.milliseconds }));
	}

	/** @param {string} test that found a mutant */
	found(test) {
		this.#finds.set(test, 1 + (this.#finds.get(test) ?? 0));
	}
}
