/**
 * Writes the luma (ITU-R BT.601) of each pixel into all three of its colours and returns the sum. A pixel is one word,
 * with red in its lowest byte as little-endian machines have it.
 */
export function toGrey(source: Uint8Array, target: Uint8Array): number {
	const from = words(source);
	const to = words(target);
	let sum = 0;
	for (let at = 0; at < from.length; at++) {
		const pixel = from[at] as number;
		const luma = (77 * (pixel & 0xff) + 150 * ((pixel >>> 8) & 0xff) + 29 * ((pixel >>> 16) & 0xff)) >> 8;
		to[at] = (pixel & 0xff000000) | (luma * 0x010101);
		sum += luma;
	}
	return sum;
}

function words({ buffer, byteOffset, byteLength }: Uint8Array): Uint32Array {
	return new Uint32Array(buffer, byteOffset, byteLength / Uint32Array.BYTES_PER_ELEMENT);
}
