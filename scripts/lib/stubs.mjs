import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

/**
 * An entry point besides the main one, as package.json's `exports` has it.
 *
 * @typedef {{ subpath: string, file: string }} Entry `subpath` without the leading `./`; `file` below `dist`, without an extension
 */

const COMMONJS = "./dist/cjs/";

/**
 * The entry points of a package that are built as ES modules and again as CommonJS; what is built otherwise is left out.
 *
 * @param {Record<string, unknown>} exports
 * @returns {Entry[]}
 */
export function entriesOf(exports = {}) {
	return Object.entries(exports).flatMap(([subpath, conditions]) => {
		const { require } = /** @type {{ require?: { default: string } }} */ (Object(conditions));
		if (!require?.default.startsWith(COMMONJS)) return [];
		const file = require.default.slice(COMMONJS.length).replace(/\.js$/, "");
		return [{ subpath: subpath.replace(/^\.\/?/, ""), file }];
	});
}

/**
 * For tools that do not know `exports`: a folder for each entry point, whose package.json names the CommonJS module and its
 * declarations. TypeScript before 5.7 gets its own.
 *
 * @param {string} folder the package's
 * @param {readonly Entry[]} entries
 */
export function writeStubs(folder, entries) {
	for (const { subpath, file } of entries) {
		if (subpath === "") continue;
		const stub = join(folder, subpath);
		const cjs = relative(stub, join(folder, "dist", "cjs")).replaceAll("\\", "/");
		const manifest = {
			type: "commonjs",
			main: `${cjs}/${file}.js`,
			types: "index.d.ts",
			typesVersions: { "<5.7": { "index.d.ts": ["ts5.6.d.ts"] } },
		};
		mkdirSync(stub, { recursive: true });
		writeFileSync(join(stub, "package.json"), `${JSON.stringify(manifest, undefined, "\t")}\n`);
		writeFileSync(join(stub, "index.d.ts"), `export * from "${cjs}/${file}.js";\n`);
		writeFileSync(join(stub, "ts5.6.d.ts"), `export * from "${cjs}/ts5.6/${file}.js";\n`);
	}
}

/**
 * @param {string} folder
 * @param {readonly Entry[]} entries
 */
export function removeStubs(folder, entries) {
	for (const { subpath } of entries) {
		if (subpath !== "") rmSync(join(folder, String(subpath.split("/")[0])), { recursive: true, force: true });
	}
}
