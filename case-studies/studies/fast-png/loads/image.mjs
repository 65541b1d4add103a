import { image } from "../../../src/data.mjs";

export const does = "an image of 400 × 300 encoded as PNG";
export const operations = 120;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export async function open(_requireFrom, load) {
	const { encode } = /** @type {{ encode(input: object): Uint8Array }} */ (await load("fast-png"));
	const { width, height, data } = image(400, 300);
	const input = { width, height, data: new Uint8Array(data), depth: 8, channels: 4 };
	return () => encode(input);
}
