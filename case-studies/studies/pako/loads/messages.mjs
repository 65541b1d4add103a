import { messages } from "../../../src/data.mjs";

export const does = "JSON messages of 0.1 to 2 kB deflated one by one";
export const why = "each message of a WebSocket, or each value of a cache, is compressed by itself";
export const operations = 6000;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export function open(requireFrom) {
	const { deflate } = requireFrom("pako");
	const inputs = messages().map((text) => Buffer.from(text));
	return (at) => deflate(inputs[at % inputs.length]);
}
