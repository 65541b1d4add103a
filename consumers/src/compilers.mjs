import { join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";
import { run } from "../../scripts/lib/run.mjs";
import { scratch, tool } from "./scratch.mjs";

/** TypeScript 7 no longer has node10; 6 has it, with a flag. */
const VERSIONS = ["5.4", "5.6", "5.9", "6", "7"];
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
		const folder = scratch("types", installed);
		for (const version of VERSIONS) {
			const tsc = tool(`typescript-${version}/bin/tsc`);
			const { stdout } = run(process.execPath, [tsc, "--version"], folder);
			const name = `TypeScript ${stdout.trim().replace("Version ", "")}`;
			const compile = (/** @type {string} */ how, /** @type {readonly string[]} */ flags) => {
				const { output } = run(process.execPath, [tsc, "--project", ".", "--noEmit", ...flags], folder);
				report.check(`${name}, ${how}`, output);
			};
			for (const [resolution, flags] of Object.entries(RESOLUTIONS)) {
				if (resolution === "node10" && version === "7") continue;
				const given =
					resolution === "node10" && version === "6" ? [...flags, "--ignoreDeprecations", "6.0"] : flags;
				compile(resolution, given);
			}
			compile("nodenext, with DOM, Node's types and esnext.disposable", [
				"--module",
				"nodenext",
				...ALL_LIBRARIES,
			]);
		}
	},
};
