import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { importsOf } from "./imports.mjs";

/**
 * Finds modules that import each other, types included, directly or by way of others.
 *
 * @param {ReadonlyMap<string, string>} files text by path
 * @returns {string[][]} the paths of each circle
 */
export function circlesOf(files) {
	/** @type {Map<string, string[]>} */
	const targets = new Map();
	for (const [file, text] of files) {
		const found = importsOf(file, text)
			.filter(({ specifier }) => specifier.startsWith("."))
			.map(({ specifier }) => resolve(dirname(file), specifier))
			.filter((target) => files.has(target) && existsSync(target));
		targets.set(file, found);
	}
	return stronglyConnected(targets).filter((circle) => circle.length > 1);
}

/**
 * Tarjan's algorithm: groups of nodes that can all be reached from one another.
 *
 * @param {ReadonlyMap<string, readonly string[]>} targets
 * @returns {string[][]}
 */
function stronglyConnected(targets) {
	/** @type {Map<string, { index: number, low: number, onStack: boolean }>} */
	const seen = new Map();
	/** @type {string[]} */
	const stack = [];
	/** @type {string[][]} */
	const groups = [];

	/** @param {string} node */
	function visit(node) {
		const state = { index: seen.size, low: seen.size, onStack: true };
		seen.set(node, state);
		stack.push(node);
		for (const target of targets.get(node) ?? []) {
			const known = seen.get(target) ?? visit(target);
			if (known.onStack) state.low = Math.min(state.low, known.low);
		}
		if (state.low === state.index) {
			const group = stack.splice(stack.indexOf(node));
			for (const each of group) Object.assign(seen.get(each) ?? {}, { onStack: false });
			groups.push(group);
		}
		return state;
	}

	for (const node of targets.keys()) if (!seen.has(node)) visit(node);
	return groups;
}
