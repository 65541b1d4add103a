import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { decode, encode } from "fast-png";
import jpeg from "jpeg-js";

/** Red, green, blue and alpha, a byte each. */
export const CHANNELS = 4;

export interface Image {
	readonly width: number;
	readonly height: number;
	/** Row by row, {@link CHANNELS} bytes a pixel. */
	readonly pixels: Uint8Array;
}

/** A photograph of the Earth, 1280 × 720; NASA's, in the public domain. */
export function readPhotograph(): Image {
	const path = fileURLToPath(new URL("data/earth.jpg", import.meta.resolve("@ebbpool/cli/package.json")));
	const { width, height, data } = jpeg.decode(readFileSync(path), { useTArray: true });
	return { width, height, pixels: data };
}

export function writePng(path: string, { width, height, pixels }: Image): void {
	writeFileSync(path, encode({ width, height, data: pixels, channels: CHANNELS }));
}

export function readPng(path: string): Image {
	const { width, height, data } = decode(readFileSync(path));
	return { width, height, pixels: data as Uint8Array };
}

/** In how many pixels two images of the same size differ. */
export function countDifferences(a: Image, b: Image): number {
	let differences = 0;
	for (let at = 0; at < a.pixels.length; at += CHANNELS) {
		if ([0, 1, 2, 3].some((channel) => a.pixels[at + channel] !== b.pixels[at + channel])) differences++;
	}
	return differences;
}
