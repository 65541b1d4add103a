import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { importsOf } from "./imports.mjs";

const pools = ["base", "gc", "pool", "bytes", "shared", "shared/core", "resource"];

/**
 * What each part of the library may import besides itself. A part is a folder below `src`, or a file right there; the
 * longest name that fits counts, so that `shared/core`, which the explorer runs, is a part of its own and stands alone.
 * Imports point one way, and the entry point may gather from everywhere.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const LAYERS = {
	base: [],
	gc: ["base"],
	pool: ["base", "gc"],
	bytes: ["base", "gc", "pool"],
	resource: ["base", "gc", "pool"],
	"shared/core": [],
	shared: ["base", "shared/core"],
	http: ["base", "gc", "pool", "bytes"],
	files: ["base", "gc", "pool", "bytes"],
	checks: pools,
	metrics: pools,
	index: pools,
};

/** The parts that are Node's by nature, and may import its modules. */
const OF_NODE = ["http", "files"];

/**
 * Finds the imports of the library's own sources that go against the layers, import a package, or reach a module of
 * Node's from outside the seam: the files that package.json's `imports` chooses for the conditions `node` and `deno`.
 *
 * @param {{ source: string, seam: readonly string[], imports: readonly string[] }} library its source folder, the files
 *   of the seam and the names of its `imports`
 * @param {string} file
 * @param {string} text
 * @returns {string[]}
 */
export function libraryProblems({ source, seam, imports }, file, text) {
	const part = partOf(source, file);
	const allowed = LAYERS[part];
	if (allowed === undefined) return [`${file}: ${part} is in no layer; add it to tools/src/layers.mjs`];
	return importsOf(file, text).flatMap(({ specifier, line }) => {
		const problem = libraryProblem(specifier);
		return problem ? [`${file}:${line}: ${problem}`] : [];
	});

	/** @param {string} specifier */
	function libraryProblem(specifier) {
		if (specifier.startsWith(".")) {
			const target = resolve(dirname(file), specifier);
			if (isOutside(source, target)) return `${specifier} leaves the library's sources`;
			const other = partOf(source, target);
			if (other === part || allowed?.includes(other)) return undefined;
			return `${part} may not import ${other} (${specifier}); it may import ${allowed?.join(", ") || "nothing"}`;
		}
		if (imports.includes(specifier)) return undefined;
		if (!specifier.startsWith("node:")) return `the library imports no package, but ${specifier}`;
		return seam.includes(file) || OF_NODE.includes(part)
			? undefined
			: `${specifier} outside the seam (${seam.join(", ")})`;
	}
}

/**
 * Finds the imports that reach by path into another package, or from a package's tests into the sources of what it
 * publishes, instead of importing a published entry point by name. A program's own tests have no other way.
 *
 * @param {string} file
 * @param {string} text
 * @param {readonly string[]} open folders that everyone may import from
 * @returns {string[]}
 */
export function projectProblems(file, text, open) {
	const home = homeOf(file);
	return importsOf(file, text).flatMap(({ specifier, line }) => {
		if (!specifier.startsWith(".")) return [];
		const target = resolve(dirname(file), specifier);
		if (!isOutside(home, target) || open.some((folder) => !isOutside(folder, target))) return [];
		return [`${file}:${line}: ${specifier} leaves ${home}; import the package by its name`];
	});
}

/**
 * The folder that imports by path may not leave: the package, or where that is a library, the part of it that is
 * compiled on its own.
 *
 * @param {string} file
 */
function homeOf(file) {
	const packageFolder = nearestWith("package.json", file);
	const { bin, exports } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
	const isLibrary = exports !== undefined && bin === undefined;
	return isLibrary ? nearestWith("tsconfig.json", file) : packageFolder;
}

/**
 * @param {string} name
 * @param {string} file
 */
function nearestWith(name, file) {
	let folder = dirname(file);
	while (!existsSync(join(folder, name)) && dirname(folder) !== folder) folder = dirname(folder);
	return folder;
}

/**
 * @param {string} source
 * @param {string} file
 */
function partOf(source, file) {
	const path = relative(source, file).replace(/\.ts$/, "").split(sep);
	for (let depth = path.length; depth > 0; depth--) {
		const part = path.slice(0, depth).join("/");
		if (part in LAYERS) return part;
	}
	return String(path[0]);
}

/**
 * @param {string} folder
 * @param {string} path
 */
function isOutside(folder, path) {
	return relative(folder, path).startsWith("..");
}
