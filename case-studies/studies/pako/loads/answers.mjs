import { documents } from "../../../src/data.mjs";

export const does = "JSON answers of 3 to 30 kB deflated one by one";
export const operations = 3000;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export function open(requireFrom) {
	const { deflate } = requireFrom("pako");
	const inputs = documents([15, 30, 60, 140]).map((text) => Buffer.from(text));
	return (at) => deflate(inputs[at % inputs.length]);
}
