import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
 * bundlers for the web replace it by the field `browser`. What is Deno's own is an ES module, and found at run time.
 *
 * @param {string} folder the package's
 */
export function buildCommonJs(folder) {
	const project = join(folder, "tsconfig.cjs.json");
	if (!existsSync(project)) return;
	const { imports = {}, sideEffects } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
	const output = join(folder, "dist", "cjs");
	const manifestFile = join(output, "package.json");
	const manifest = `${JSON.stringify(manifestOf(imports, sideEffects), undefined, "\t")}\n`;
	// What was compiled before names the modules that were chosen then.
	if (!existsSync(manifestFile) || readFileSync(manifestFile, "utf8") !== manifest) {
		rmSync(output, { recursive: true, force: true });
	}
	mustRun(process.execPath, [TSC, "--project", project], folder);
	for (const file of filesBelow(output, ".js")) nameSeamsByPath(output, file, imports);
	for (const name of Object.keys(imports)) writeSwitch(output, choice(imports, name));
	writeFileSync(manifestFile, manifest);
}

/**
 * @param {string} output
 * @param {string} file
 * @param {Seams} seams
 */
function nameSeamsByPath(output, file, seams) {
	const text = readFileSync(file, "utf8");
	const named = text.replace(/\brequire\("(#[^"]+)"\)/g, (_, name) => {
		const { seam } = choice(seams, name);
		if (seam === undefined) throw new Error(`${file}: nothing is chosen for Node by ${name}`);
		return `require("${pathFrom(dirname(file), join(output, seam))}")`;
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
		const { seam, web } = choice(seams, name);
		return seam === undefined || web === undefined ? [] : [[`./${seam}`, `./${web}`]];
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
 * Writes the module that stands for Node's and for Deno's, where Deno has one of its own. No bundler follows the way to that
 * one, which is for Deno alone.
 *
 * @param {string} output
 * @param {Choice} choice
 */
function writeSwitch(output, { seam, node, deno }) {
	if (seam === undefined || node === undefined || deno === undefined) return;
	const file = join(output, seam);
	const forDeno = pathFrom(dirname(file), join(output, "..", deno));
	const forNode = pathFrom(dirname(file), join(output, node));
	writeFileSync(
		file,
		`"use strict";
module.exports =
	typeof Deno === "object"
		? require("node:module").createRequire(__filename)("${forDeno}")
		: require("${forNode}");
`,
	);
}

/**
 * What the CommonJS modules get for a name, as paths below `dist`: `seam` is what they require.
 *
 * @typedef {Record<"seam" | "node" | "deno" | "web", string | undefined>} Choice
 *
 * @param {Seams} seams
 * @param {string} name
 * @returns {Choice}
 */
function choice(seams, name) {
	const chosen = seams[name];
	if (chosen === undefined) throw new Error(`${name} is not in the imports of package.json`);
	const unknown = Object.keys(chosen).filter((condition) => !CONDITIONS.includes(condition));
	if (unknown.length > 0)
		throw new Error(`${name}: the CommonJS build knows no condition ${unknown.join(", ")}`);
	const below = (/** @type {string | undefined} */ path) => path?.replace("./dist/", "");
	const node = below(chosen.node ?? chosen.default);
	const seam = chosen.deno === undefined ? node : node?.replace(/\.js$/, "-or-deno.js");
	return { seam, node, deno: below(chosen.deno), web: below(chosen.default) };
}

/**
 * @param {string} folder
 * @param {string} file
 */
function pathFrom(folder, file) {
	const path = relative(folder, file).replaceAll("\\", "/");
	return path.startsWith(".") ? path : `./${path}`;
}
