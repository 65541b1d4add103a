/**
 * The two ways of reusing memory that the edits of a package can choose between: both give a `take` and a `give` to the
 * edited file, so that the rest of the edit is the same.
 *
 * @typedef {{ make: string, reset?: string, dispose?: string, name: string }} Source `make`: an expression; `reset` and `dispose`: functions' sources
 */

/** By hand: a list of what is free, as one writes it without a library.
 * @param {Source} source
 */
export function freeList({ make, reset, name }) {
	const clean = reset === undefined ? "" : `(${reset})(item); `;
	return `const ${name} = { free: [], get() { return this.free.pop() ?? (${make}); }, put(item) { ${clean}this.free.push(item); } };`;
}

/** A Pool of Ebbpool's.
 * @param {Source} source
 */
export function pool({ make, reset, dispose, name }) {
	const clean = reset === undefined ? "" : `, reset: ${reset}`;
	const end = dispose === undefined ? "" : `, dispose: ${dispose}`;
	return `const ${name} = new EbbPool({ name: ${JSON.stringify(name)}, new: () => (${make})${clean}${end} });`;
}

/** The first lines of an edited file, on one line so that all others keep their numbers.
 * @param {"byHand" | "pooled"} way
 * @param {readonly Source[]} sources
 * @param {"cjs" | "esm"} format
 */
export function prelude(way, sources, format) {
	if (way === "byHand") return `${sources.map(freeList).join(" ")} `;
	const load =
		format === "esm"
			? 'import { Pool as EbbPool } from "ebbpool";'
			: 'const { Pool: EbbPool } = require("ebbpool");';
	return `${load} ${sources.map(pool).join(" ")} `;
}
