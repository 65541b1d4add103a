import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { filesBelow } from "./files-below.mjs";

/**
 * Types that have a parameter for their memory since TypeScript 5.7; to older compilers that is an error, which turns the
 * whole type into `any` where libraries are not checked.
 */
const GENERIC_VIEWS =
	/\b(ArrayBufferView|DataView|(?:Big)?(?:Ui|I)nt(?:8|16|32|64)(?:Clamped)?Array|Float(?:16|32|64)Array)<[^<>]*>/g;
/** The specifier of an import or export of another file. */
const SPECIFIER = /(?<=\b(?:from|import)\s*\(?\s*")(\.[^"]+)\.ts(?=")/g;
/** Where the declarations for TypeScript before 5.7 are, in `dist` and in `dist/cjs`. */
const OLDER = "ts5.6";
const GLOBALS = join("types", "disposable.d.ts");

/**
 * Makes the declarations of a library that is built into what every compiler understands, however it resolves: names files
 * as they are at run time, declares what `using` needs, and copies them for CommonJS and for TypeScript before 5.7.
 *
 * @param {string} folder the package's
 * @param {readonly string[]} entries names of its entry points' files below `dist`, without an extension
 */
export function publishDeclarations(folder, entries) {
	const esm = join(folder, "dist");
	const cjs = join(esm, "cjs");
	for (const file of filesBelow(esm, ".d.ts")) edit(file, (text) => text.replace(SPECIFIER, "$1.js"));
	const roots = entries.map((entry) => join(esm, `${entry}.d.ts`));
	const published = reachable(roots);
	for (const [target, older] of /** @type {const} */ ([
		[join(esm, OLDER), true],
		...(existsSync(cjs)
			? /** @type {const} */ ([
					[cjs, false],
					[join(cjs, OLDER), true],
				])
			: []),
	])) {
		for (const [file, text] of published) {
			const path = join(target, relative(esm, file));
			mkdirSync(dirname(path), { recursive: true });
			writeFileSync(path, older ? text.replace(GENERIC_VIEWS, "$1") : text);
			if (roots.includes(file)) declareGlobals(folder, path);
		}
	}
	for (const file of roots) declareGlobals(folder, file);
}

/**
 * @param {string} folder
 * @param {string} file
 */
function declareGlobals(folder, file) {
	const globals = join(folder, GLOBALS);
	if (!existsSync(globals)) return;
	const path = relative(dirname(file), globals).replaceAll("\\", "/");
	edit(file, (text) => `/// <reference path="${path}" />\n${text}`);
}

/**
 * @param {readonly string[]} roots
 * @returns {Map<string, string>} the texts of the declarations that the roots refer to, and theirs in turn
 */
function reachable(roots) {
	/** @type {Map<string, string>} */
	const texts = new Map();
	const found = [...roots];
	for (const file of found) {
		if (texts.has(file)) continue;
		const text = readFileSync(file, "utf8");
		texts.set(file, text);
		for (const [, path] of text.matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"]+)\.js"/g)) {
			found.push(resolve(dirname(file), `${path}.d.ts`));
		}
	}
	return texts;
}

/**
 * @param {string} file
 * @param {(text: string) => string} change
 */
function edit(file, change) {
	const text = readFileSync(file, "utf8");
	const changed = change(text);
	if (changed !== text) writeFileSync(file, changed);
}
