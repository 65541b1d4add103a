import { messages } from "../../../src/data.mjs";

export const does = "JSON messages of 0.1 to 2 kB compressed with deflateSync one by one";
export const why = "each message of a WebSocket, or each value of a cache, is compressed by itself";
export const operations = 6000;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export function open(requireFrom) {
	const { deflateSync } = requireFrom("fflate");
	const inputs = messages().map((text) => Buffer.from(text));
	return (at) => deflateSync(inputs[at % inputs.length]);
}
