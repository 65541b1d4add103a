import { join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";
import { runTool } from "./run-tool.mjs";
import { scratch, tool } from "./scratch.mjs";

const COMPILERS = ["typescript-5.4", "typescript-5.6", "typescript", "typescript-6", "typescript-7"];
/** @type {Readonly<Record<string, readonly string[]>>} */
const RESOLUTIONS = {
	node10: ["--module", "commonjs", "--moduleResolution", "node10"],
	node16: ["--module", "node16"],
	nodenext: ["--module", "nodenext"],
	bundler: ["--module", "esnext", "--moduleResolution", "bundler"],
};

const ALL_LIBRARIES = [
	...["--lib", "es2023,esnext.disposable,dom,dom.asynciterable"],
	...["--types", "node", "--typeRoots", join(root, "node_modules", "@types")],
];

/** @type {import("./check-consumers.mjs").Consumer} */
export const compilers = {
	name: "types",
	check(report, installed) {
		const folder = scratch(installed, "types");
		for (const compiler of COMPILERS) {
			const tsc = tool(`${compiler}/bin/tsc`);
			const { stdout } = runTool(process.execPath, [tsc, "--version"], folder);
			const name = `TypeScript ${stdout.trim().replace("Version ", "")}`;
			const compile = (/** @type {string} */ how, /** @type {readonly string[]} */ flags) => {
				const { output } = runTool(process.execPath, [tsc, "--project", ".", "--noEmit", ...flags], folder);
				report.check(`${name}, ${how}`, output);
			};
			for (const [resolution, flags] of Object.entries(RESOLUTIONS)) {
				const isOld = resolution === "node10";
				if (isOld && compiler === "typescript-7") continue; // it has no such resolution any more
				const deprecated = isOld && compiler === "typescript-6" ? ["--ignoreDeprecations", "6.0"] : [];
				compile(resolution, [...flags, ...deprecated]);
			}
			compile("nodenext, with DOM, Node's types and esnext.disposable", [
				"--module",
				"nodenext",
				...ALL_LIBRARIES,
			]);
		}
	},
};
