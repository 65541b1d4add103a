import { insteadOfReusify } from "../../src/reusify.mjs";

export const name = "@fastify/middie";
export const version = "9.3.6";
export const alongside = ["fastify@5", "cors@2", "helmet@8", "serve-static@2"];

/** @type {import("../../src/misuse.d.ts").Misuse["edits"]} */
export const edits = () => [
	{
		file: "lib/engine.js",
		does: "a pool of what a request goes through its middleware with",
		start: "",
		replace: [insteadOfReusify("middie")],
	},
];

export const tests = [["node", "--test"]];
