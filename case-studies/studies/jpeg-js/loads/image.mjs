import { image } from "../../../src/data.mjs";

export const does = "a JPEG image of 640 × 360 decoded";
export const operations = 120;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export function open(requireFrom) {
	const { decode, encode } = requireFrom("jpeg-js");
	const file = encode(image(640, 360), 80).data;
	return () => decode(file).data;
}
