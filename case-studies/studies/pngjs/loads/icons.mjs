import { image } from "../../../src/data.mjs";

export const does = "PNG images of 16, 32, 48 and 64 pixels a side read with PNG.sync.read";
export const why = "a service that puts sprites or icons together reads many small images";
export const operations = 6000;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export function open(requireFrom) {
	const { PNG } = requireFrom("pngjs");
	const files = [16, 32, 48, 64].map((side) => {
		const png = new PNG({ width: side, height: side });
		image(side, side).data.copy(png.data);
		return PNG.sync.write(png);
	});
	return (at) => PNG.sync.read(files[at % files.length]).data;
}
