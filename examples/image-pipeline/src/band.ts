import { struct } from "ebbpool/shared";
import { copyRows, findEdges } from "./edges.ts";
import { CHANNELS, type Image } from "./image.ts";

/** Rows of an image that a worker filters at a time. */
export const BAND_ROWS = 40;

/** Some rows of an image and one more on either side, in one slot of shared memory. */
export function bandLayout(width: number) {
	return struct({
		/** The first of the rows to filter. */
		first: "u32",
		/** How many rows there are to filter. */
		rows: "u32",
		pixels: struct.array("u8", (BAND_ROWS + 2) * width * CHANNELS),
	});
}

export type Band = ReturnType<ReturnType<typeof bandLayout>["createFields"]>;

/** The first row of each band of an image. */
export function bandsOf({ height }: Image): number[] {
	return Array.from({ length: Math.ceil(height / BAND_ROWS) }, (_, i) => i * BAND_ROWS);
}

export function loadBand({ width, height, pixels }: Image, first: number, band: Band): void {
	band.first = first;
	band.rows = Math.min(BAND_ROWS, height - first);
	copyRows(pixels, width, height, first - 1, band.rows + 2, band.pixels);
}

export function filterBand(band: Band, width: number): void {
	findEdges(band.pixels, width, band.rows);
}

export function storeBand({ first, rows, pixels }: Band, image: Image): void {
	const length = image.width * CHANNELS;
	image.pixels.set(pixels.subarray(length, (rows + 1) * length), first * length);
}
