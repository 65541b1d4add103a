import { image } from "../../../src/data.mjs";

export const does = "a PNG image of 320 × 240 read with PNG.sync.read";
export const operations = 400;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export function open(requireFrom) {
	const { PNG } = requireFrom("pngjs");
	const { width, height, data } = image(320, 240);
	const png = new PNG({ width, height });
	data.copy(png.data);
	const file = PNG.sync.write(png);
	return () => PNG.sync.read(file).data;
}
