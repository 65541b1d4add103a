import { CHANNELS, type Image } from "./image.ts";

/**
 * Turns the rows in the middle to edges (Sobel's operator on the luma), in place. The first and the last row are only
 * looked at.
 *
 * @param pixels - `rows + 2` rows of `width` pixels
 */
export function findEdges(pixels: Uint8Array, width: number, rows: number): void {
	const luma = lumaOf(pixels.subarray(0, (rows + 2) * width * CHANNELS));
	for (let row = 1; row <= rows; row++) {
		for (let column = 0; column < width; column++) {
			const at = (row * width + column) * CHANNELS;
			const edge = edgeAt(luma, width, row, column);
			pixels[at] = edge;
			pixels[at + 1] = edge;
			pixels[at + 2] = edge;
		}
	}
}

/** The whole image at once, with each outermost row looked at twice. */
export function findEdgesOf({ width, height, pixels }: Image): Image {
	const padded = new Uint8Array((height + 2) * width * CHANNELS);
	copyRows(pixels, width, height, -1, height + 2, padded);
	findEdges(padded, width, height);
	return { width, height, pixels: padded.subarray(width * CHANNELS, (height + 1) * width * CHANNELS) };
}

/** Copies `count` rows from row `first` on; rows beyond the image are its outermost ones. */
export function copyRows(
	pixels: Uint8Array,
	width: number,
	height: number,
	first: number,
	count: number,
	target: Uint8Array,
): void {
	const length = width * CHANNELS;
	for (let i = 0; i < count; i++) {
		const row = Math.min(Math.max(first + i, 0), height - 1);
		target.set(pixels.subarray(row * length, (row + 1) * length), i * length);
	}
}

/** ITU-R BT.601, in integers. */
function lumaOf(pixels: Uint8Array): Uint8Array {
	const luma = new Uint8Array(pixels.length / CHANNELS);
	for (let i = 0; i < luma.length; i++) {
		const at = i * CHANNELS;
		const [red, green, blue] = [pixels[at], pixels[at + 1], pixels[at + 2]] as [number, number, number];
		luma[i] = (77 * red + 150 * green + 29 * blue) >> 8;
	}
	return luma;
}

function edgeAt(luma: Uint8Array, width: number, row: number, column: number): number {
	const left = Math.max(column - 1, 0);
	const right = Math.min(column + 1, width - 1);
	const at = (y: number, x: number): number => luma[(row + y) * width + x] as number;
	const across = at(-1, right) - at(-1, left) + 2 * (at(0, right) - at(0, left)) + at(1, right) - at(1, left);
	const down =
		at(1, left) - at(-1, left) + 2 * (at(1, column) - at(-1, column)) + at(1, right) - at(-1, right);
	return Math.min(255, Math.abs(across) + Math.abs(down));
}
