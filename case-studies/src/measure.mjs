/** Runs a load in every way, each in a process of its own, in turns. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { tuning } from "@ebbpool/cli/tuning";

const SCRIPT = fileURLToPath(new URL("./run-load.mjs", import.meta.url));
const STUDIES = fileURLToPath(new URL("../studies", import.meta.url));

/**
 * What `ebbpool bench` sets in its tuned way: glibc keeps the memory that it is given back, instead of asking the system for new pages each time;
 * the flags are V8's, for a larger young generation and for memory outside the heap.
 * @param {string} version of Node, with its "v"
 */
export function settings(version) {
	return tuning({ name: "Node", version: version.slice(1) });
}

/**
 * @typedef {{ cpuMs: number, digest: string, rss: number, ms: number }} Outcome
 * @typedef {{ folder: string, environment?: Readonly<Record<string, string>>, flags?: readonly string[] }} Way
 */

/**
 * @param {string} node
 * @param {string} load the file, from the folder of the studies
 * @param {Way} way
 * @returns {Outcome}
 */
export function runOnce(node, load, { folder, environment = {}, flags = [] }) {
	const output = execFileSync(node, [...flags, SCRIPT, join(STUDIES, load), folder], {
		env: { ...process.env, ...environment },
		encoding: "utf8",
		stdio: ["ignore", "pipe", "inherit"],
		timeout: 120_000,
	});
	return JSON.parse(output);
}

/**
 * CPU time of each way, in each round. Every way must give the same bytes.
 * @param {string} node
 * @param {string} load
 * @param {Readonly<Record<string, Way>>} ways `fresh` among them
 * @param {number} rounds
 */
export function compare(node, load, ways, rounds) {
	/** @type {Record<string, number[]>} */
	const cpu = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
	/** @type {string | undefined} */
	let digest;
	for (let round = 0; round < rounds; round++) {
		const names = Object.keys(ways);
		for (const name of round % 2 === 0 ? names : names.reverse()) {
			const outcome = runOnce(node, load, /** @type {Way} */ (ways[name]));
			digest ??= outcome.digest;
			if (outcome.digest !== digest) throw new Error(`${load}: ${name} gives other bytes than the rest`);
			cpu[name]?.push(outcome.cpuMs);
		}
	}
	return cpu;
}

/**
 * The median of the ratios within a round, and the lowest and the highest of them: of six rounds and more these hold the true median with 97 %.
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
