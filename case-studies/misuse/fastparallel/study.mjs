import { insteadOfReusify } from "../../src/reusify.mjs";

export const name = "fastparallel";
export const version = "2.4.1";
export const alongside = ["tape@5.10.2"];

/** @type {import("../../src/misuse.d.ts").Misuse["edits"]} */
export const edits = () => [
	{
		file: "parallel.js",
		does: "pools of holders and callers",
		start: "",
		replace: [insteadOfReusify("fastparallel")],
	},
];

export const tests = [["node", "../node_modules/tape/bin/tape", "test.js"]];
