import { image } from "../../../src/data.mjs";

export const does = "images of 16, 32, 48 and 64 pixels a side encoded as PNG";
export const why = "a server of icons, avatars or thumbnails answers each request with one small image";
export const operations = 3000;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export async function open(_requireFrom, load) {
	const { encode } = /** @type {{ encode(input: object): Uint8Array }} */ (await load("fast-png"));
	const inputs = [16, 32, 48, 64].map((side) => {
		const { width, height, data } = image(side, side);
		return { width, height, data: new Uint8Array(data), depth: 8, channels: 4 };
	});
	return (at) => encode(/** @type {object} */ (inputs[at % inputs.length]));
}
