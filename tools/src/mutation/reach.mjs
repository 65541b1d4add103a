import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What V8 counted of one script: of spans that lie within each other, the innermost tells.
 *
 * @typedef {{ startOffset: number, endOffset: number, count: number }} Span
 * @typedef {{ url: string, functions: { ranges: Span[] }[] }} Script
 */

/**
 * Which characters of each module ran, by what the processes and threads of one test left in the folder that
 * `NODE_V8_COVERAGE` names.
 *
 * @param {string} dumps the folder
 * @param {string} dist address of the library's modules, with a slash at its end
 * @returns {Map<string, Uint8Array>} by the module below `dist`: 1 where it ran
 */
export function reachIn(dumps, dist) {
	/** @type {Map<string, Uint8Array>} */
	const reach = new Map();
	for (const dump of readdirSync(dumps)) {
		/** @type {Script[]} */
		const scripts = JSON.parse(readFileSync(join(dumps, dump), "utf8")).result;
		for (const { url, functions } of scripts) {
			if (!url.startsWith(dist)) continue;
			const module = url.slice(dist.length);
			const ran = charactersRun(functions.flatMap(({ ranges }) => ranges));
			reach.set(module, either(reach.get(module), ran));
		}
	}
	return reach;
}

/** @param {Span[]} spans */
function charactersRun(spans) {
	const outerFirst = spans.sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
	const ran = new Uint8Array(Math.max(0, ...spans.map(({ endOffset }) => endOffset)));
	for (const { startOffset, endOffset, count } of outerFirst) {
		ran.fill(count > 0 ? 1 : 0, startOffset, endOffset);
	}
	return ran;
}

/**
 * @param {Uint8Array | undefined} a
 * @param {Uint8Array} b of the same module, and so as long
 */
function either(a, b) {
	return a === undefined ? b : a.map((ran, at) => ran | (b[at] ?? 0));
}
