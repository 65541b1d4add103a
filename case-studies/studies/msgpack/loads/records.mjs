import { records } from "../../../src/data.mjs";

export const does = "records of some 200 bytes encoded one by one with encode()";
export const operations = 300_000;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export function open(requireFrom) {
	const { encode } = requireFrom("@msgpack/msgpack");
	const inputs = records(100);
	return (at) => encode(inputs[at % inputs.length]);
}
