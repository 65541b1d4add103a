import { insteadOfReusify } from "../../src/reusify.mjs";

export const name = "fastfall";
export const version = "1.5.1";
export const alongside = ["tape@5.10.2"];

/** @type {import("../../src/misuse.d.ts").Misuse["edits"]} */
export const edits = () => [
	{ file: "fall.js", does: "a pool of holders", start: "", replace: [insteadOfReusify("fastfall")] },
];

export const tests = [["node", "../node_modules/tape/bin/tape", "test.js"]];

export const program = "program.mjs";
