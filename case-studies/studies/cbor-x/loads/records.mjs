import { records } from "../../../src/data.mjs";

export const does = "records of some 200 bytes encoded and decoded one by one";
export const operations = 300_000;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export function open(requireFrom) {
	const { encode, decode } = requireFrom("cbor-x");
	const inputs = records(100);
	return (at) => {
		const encoded = encode(inputs[at % inputs.length]);
		decode(encoded);
		return encoded;
	};
}
