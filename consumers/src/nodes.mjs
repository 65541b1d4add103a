import { runTool } from "./run-tool.mjs";
import { scratch, tool } from "./scratch.mjs";

const VERSIONS = ["20.9", "20.19", "22.0", "22.13", "24", "26"];

/**
 * A project whose programs run on each Node.
 *
 * @param {string} name
 * @param {string} project
 * @param {Readonly<Record<string, string>>} programs what each tries
 * @returns {import("./check-consumers.mjs").Consumer}
 */
function onEachNode(name, project, programs) {
	return {
		name,
		check(report, installed) {
			const folder = scratch(installed, project);
			for (const version of VERSIONS) {
				for (const [program, what] of Object.entries(programs)) {
					const { status, output } = runTool(tool(`node${version}/bin/node`), [program], folder);
					report.check(
						`Node ${version}: ${what}`,
						status === 0 && output === "well\n" ? undefined : output || `ended with status ${status}`,
					);
				}
			}
		},
	};
}

export const nodes = [
	onEachNode("node", "node", {
		"every-entry.cjs": "every entry point is required as CommonJS",
		"every-entry.mjs": "every entry point is imported, with the same names as required",
		"required.cjs": "a program that requires it works",
		"imported.mjs": "a program that imports it works",
		"both-copies.mjs": "both builds in one process share clock, pools and instanceof",
	}),
	onEachNode("stand-ins", "stand-ins", {
		"required.cjs": "the stand-ins are required, and work",
		"imported.mjs": "the stand-ins are imported, and work",
	}),
];
