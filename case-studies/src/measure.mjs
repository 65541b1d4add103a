/** Runs a load in every way, each in a process of its own, in turns. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("./run-load.mjs", import.meta.url));
const STUDIES = fileURLToPath(new URL("../studies", import.meta.url));

/** glibc keeps the memory that it is given back, instead of asking the system for new pages each time. */
export const TUNED = {
	MALLOC_MMAP_THRESHOLD_: "1073741824",
	MALLOC_TRIM_THRESHOLD_: "1073741824",
	MALLOC_TOP_PAD_: "67108864",
};

/**
 * @typedef {{ cpuMs: number, digest: string, rss: number, ms: number }} Outcome
 * @typedef {{ folder: string, environment: Record<string, string> }} Way
 */

/**
 * @param {string} node
 * @param {string} study
 * @param {Way} way
 * @returns {Outcome}
 */
export function runOnce(node, study, { folder, environment }) {
	const output = execFileSync(node, [SCRIPT, join(STUDIES, study, "load.mjs"), folder], {
		env: { ...process.env, ...environment },
		encoding: "utf8",
		stdio: ["ignore", "pipe", "inherit"],
		timeout: 120_000,
	});
	return JSON.parse(output);
}

/**
 * CPU time of fresh / that of each other way, in each round. Every way must give the same bytes.
 * @param {string} node
 * @param {string} study
 * @param {Record<string, Way>} ways `fresh` among them
 * @param {number} rounds
 */
export function compare(node, study, ways, rounds) {
	/** @type {Record<string, number[]>} */
	const cpu = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
	/** @type {string | undefined} */
	let digest;
	for (let round = 0; round < rounds; round++) {
		const names = Object.keys(ways);
		for (const name of round % 2 === 0 ? names : names.reverse()) {
			const outcome = runOnce(node, study, /** @type {Way} */ (ways[name]));
			digest ??= outcome.digest;
			if (outcome.digest !== digest) throw new Error(`${study}: ${name} gives other bytes than the rest`);
			cpu[name]?.push(outcome.cpuMs);
		}
	}
	return cpu;
}

/** The median of the ratios, and the lowest and highest of them: with fewer than six that is all that can be said.
 * @param {readonly number[]} over
 * @param {readonly number[]} under
 */
export function ratio(over, under) {
	const ratios = over.map((value, at) => value / /** @type {number} */ (under[at])).sort((a, b) => a - b);
	const middle = ratios.length >> 1;
	const upper = /** @type {number} */ (ratios[middle]);
	const median = ratios.length % 2 === 1 ? upper : (upper + /** @type {number} */ (ratios[middle - 1])) / 2;
	return { median, low: /** @type {number} */ (ratios[0]), high: /** @type {number} */ (ratios.at(-1)) };
}
