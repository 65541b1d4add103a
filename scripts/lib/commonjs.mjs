import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { filesBelow } from "./files-below.mjs";
import { root } from "./root.mjs";
import { mustRun } from "./run.mjs";

/**
 * What is chosen by export condition, as in package.json's `imports`.
 *
 * @typedef {Record<string, Record<string, string>>} Seams
 */

const CONDITIONS = ["deno", "node", "default"];
const TSC = join(root, "node_modules", "typescript", "bin", "tsc");

/**
 * Builds a package's CommonJS modules into `dist/cjs`, if it has a `tsconfig.cjs.json`, beside the ES modules that are
 * there already. Tools that do not know `exports` do not know `imports` either: so what Node gets is named by path, and
 * bundlers for the web replace it by the field `browser`. Deno is given the ES modules.
 *
 * @param {string} folder the package's
 */
export function buildCommonJs(folder) {
	const project = join(folder, "tsconfig.cjs.json");
	if (!existsSync(project)) return;
	mustRun(process.execPath, [TSC, "--project", project], folder);
	const { imports = {}, sideEffects } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
	const output = join(folder, "dist", "cjs");
	for (const file of filesBelow(output, ".js")) nameSeamsByPath(output, file, imports);
	writeFileSync(
		join(output, "package.json"),
		`${JSON.stringify(manifestOf(imports, sideEffects), undefined, "\t")}\n`,
	);
}

/**
 * @param {string} output
 * @param {string} file
 * @param {Seams} seams
 */
function nameSeamsByPath(output, file, seams) {
	const text = readFileSync(file, "utf8");
	const named = text.replace(/\brequire\("(#[^"]+)"\)/g, (_, name) => {
		const { node } = choice(seams, name);
		if (node === undefined) throw new Error(`${file}: nothing is chosen for Node by ${name}`);
		const path = relative(dirname(file), join(output, node)).replaceAll("\\", "/");
		return `require("${path.startsWith(".") ? path : `./${path}`}")`;
	});
	if (named !== text) writeFileSync(file, named);
}

/**
 * The manifest of `dist/cjs`: it makes the files there CommonJS, and as the nearest one it must say what the package's own
 * says of the ES modules.
 *
 * @param {Seams} seams
 * @param {boolean | string[]} [sideEffects]
 */
function manifestOf(seams, sideEffects) {
	const browser = Object.keys(seams).flatMap((name) => {
		const { node, web } = choice(seams, name);
		return node === undefined || web === undefined ? [] : [[`./${node}`, `./${web}`]];
	});
	const own = "./dist/cjs/";
	return {
		type: "commonjs",
		sideEffects: Array.isArray(sideEffects)
			? sideEffects.filter((path) => path.startsWith(own)).map((path) => path.replace(own, "./"))
			: sideEffects,
		...(browser.length > 0 && { browser: Object.fromEntries(browser) }),
	};
}

/**
 * @param {Seams} seams
 * @param {string} name
 * @returns {{ node: string | undefined, web: string | undefined }} as paths below `dist`
 */
function choice(seams, name) {
	const chosen = seams[name];
	if (chosen === undefined) throw new Error(`${name} is not in the imports of package.json`);
	const unknown = Object.keys(chosen).filter((condition) => !CONDITIONS.includes(condition));
	if (unknown.length > 0)
		throw new Error(`${name}: the CommonJS build knows no condition ${unknown.join(", ")}`);
	const below = (/** @type {string | undefined} */ path) => path?.replace("./dist/", "");
	return { node: below(chosen.node ?? chosen.default), web: below(chosen.default) };
}
