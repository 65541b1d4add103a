export const name = "planck";
export const version = "1.4.2";
export const alongside = ["vitest@2", "sinon@19"];

/**
 * @param {string} className the class as the file names it
 * @returns {readonly import("../../src/study.d.ts").Replacement[]}
 */
const replacements = (className) => [
	{
		does: "the Pool, with the class's functions as hooks",
		find: 'this._hasDisposeFn = typeof this._disposeFn === "function";',
		by: `this._hasDisposeFn = typeof this._disposeFn === "function"; ${className} = new EbbPool({ name: "planck", new: () => { this._createCount++; return this._hasCreateFn ? this._createFn() : {}; }, reset: this._hasReleaseFn ? (item) => this._releaseFn(item) : undefined });`,
	},
	{
		does: "a get",
		find: /if \(this\._list\.length > 0\) \{\s*item = this\._list\.shift\(\);\s*\} else \{\s*this\._createCount\+\+;\s*if \(this\._hasCreateFn\) \{\s*item = this\._createFn\(\);\s*\} else \{[^}]*item = \{\}[^}]*\}\s*\}/u,
		by: `item = ${className}.get();`,
	},
	{
		does: "a put, by whose reset the item is cleaned; the list counts, as some ask for its length",
		find: /if \(this\._hasReleaseFn\) \{\s*this\._releaseFn\(item\);\s*\}\s*this\._list\.push\(item\);/u,
		by: `${className}.put(item); if (this._max !== Infinity) this._list.push(undefined);`,
	},
];

/** @type {import("../../src/misuse.d.ts").Misuse["edits"]} */
export const edits = () => [
	{
		file: "src/util/Pool.ts",
		does: "the class for pools keeps its items in a Pool; its tests run this",
		start: 'import { Pool as EbbPool } from "ebbpool"; ',
		replace: replacements("(this as any)._pool"),
	},
	{
		file: "dist/planck.mjs",
		does: "the same in what users import; our program runs this",
		start: 'import { Pool as EbbPool } from "ebbpool"; ',
		replace: replacements("this._pool"),
	},
];

export const tests = [
	[
		"node",
		"../node_modules/vitest/vitest.mjs",
		"run",
		"--pool=forks",
		"--config",
		"/dev/null",
		"src/__test__",
	],
];

export const program = "program.mjs";
