import { image } from "../../../src/data.mjs";

export const does = "JPEG images of 32, 64 and 96 pixels a side decoded";
export const why =
	"a service that compares or places images decodes the thumbnails that cameras embed in them";
export const operations = 1500;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export function open(requireFrom) {
	const { decode, encode } = requireFrom("jpeg-js");
	const files = [32, 64, 96].map((side) => encode(image(side, side), 80).data);
	return (at) => decode(files[at % files.length]).data;
}
