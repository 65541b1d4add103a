import { insteadOfReusify } from "../../src/reusify.mjs";

export const name = "fastq";
export const version = "1.20.3";
export const alongside = ["tape@5.10.2"];

/** @type {import("../../src/misuse.d.ts").Misuse["edits"]} */
export const edits = () => [
	{ file: "queue.js", does: "a pool of tasks", start: "", replace: [insteadOfReusify("fastq")] },
];

export const tests = [
	["node", "../node_modules/tape/bin/tape", "test/test.js"],
	["node", "../node_modules/tape/bin/tape", "test/promise.js"],
];
