import { records } from "../../../src/data.mjs";

export const does = "records of some 200 bytes packed and unpacked one by one";
export const operations = 300_000;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export function open(requireFrom) {
	const { pack, unpack } = requireFrom("msgpackr");
	const inputs = records(100);
	return (at) => {
		const packed = pack(inputs[at % inputs.length]);
		unpack(packed);
		return packed;
	};
}
