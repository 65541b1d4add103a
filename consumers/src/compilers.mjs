import { join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";
import { runTool } from "./run-tool.mjs";
import { scratch, tool } from "./scratch.mjs";

/** Before 5.7, arrays had no parameter for their memory. */
const OLDER = ["typescript-5.4", "typescript-5.6"];
const COMPILERS = [...OLDER, "typescript", "typescript-6", "typescript-7"];
/** @type {Readonly<Record<string, readonly string[]>>} */
const RESOLUTIONS = {
	node10: ["--module", "commonjs", "--moduleResolution", "node10"],
	node16: ["--module", "node16"],
	nodenext: ["--module", "nodenext"],
	bundler: ["--module", "esnext", "--moduleResolution", "bundler"],
};

const NODE_TYPES = ["--types", "node", "--typeRoots", join(root, "node_modules", "@types")];
const ALL_LIBRARIES = ["--lib", "es2023,esnext.disposable,dom,dom.asynciterable", ...NODE_TYPES];
const EVERY_RESOLUTION = Object.keys(RESOLUTIONS);

/**
 * A project that each compiler compiles with each way of resolving that it has.
 *
 * @param {string} name
 * @param {string} project
 * @param {readonly {
 *   readonly how: string,
 *   readonly flags: readonly string[],
 *   readonly olderFlags?: readonly string[],
 *   readonly resolutions: readonly string[],
 * }[]} variants the flags of each compilation beside those of the resolution; `olderFlags` are for TypeScript before 5.7
 * @returns {import("./check-consumers.mjs").Consumer}
 */
function compiled(name, project, variants) {
	return {
		name,
		check(report, installed) {
			const folder = scratch(installed, project);
			for (const compiler of COMPILERS) {
				const tsc = tool(`${compiler}/bin/tsc`);
				const { stdout } = runTool(process.execPath, [tsc, "--version"], folder);
				const version = stdout.trim().replace("Version ", "");
				for (const { how, flags, olderFlags = [], resolutions } of variants) {
					const more = OLDER.includes(compiler) ? olderFlags : [];
					for (const resolution of had(compiler, resolutions)) {
						const args = [tsc, "--project", ".", "--noEmit", ...resolution.flags, ...flags, ...more];
						const { output } = runTool(process.execPath, args, folder);
						report.check(`TypeScript ${version}, ${resolution.name}${how}`, output);
					}
				}
			}
		},
	};
}

/**
 * The resolutions that a compiler has: TypeScript 7 has no node10 any more, and 6 warns of it.
 *
 * @param {string} compiler
 * @param {readonly string[]} names
 */
function had(compiler, names) {
	return names
		.filter((name) => name !== "node10" || compiler !== "typescript-7")
		.map((name) => {
			const deprecated = name === "node10" && compiler === "typescript-6";
			const flags = deprecated ? ["--ignoreDeprecations", "6.0"] : [];
			return { name, flags: [...(RESOLUTIONS[name] ?? []), ...flags] };
		});
}

export const compilers = [
	compiled("types", "types", [
		{ how: "", flags: [], resolutions: EVERY_RESOLUTION },
		{
			how: ", with DOM, Node's types and esnext.disposable",
			flags: ALL_LIBRARIES,
			resolutions: ["nodenext"],
		},
	]),
	compiled("stand-ins-types", "stand-ins", [
		{
			how: ": the stand-ins",
			flags: NODE_TYPES,
			// The types of `pg` itself need 5.7; what the project's own lines expect is checked all the same.
			olderFlags: ["--skipLibCheck", "true"],
			resolutions: ["node10", "nodenext"],
		},
	]),
];
