import { jsonRecords } from "./data.ts";

const SIZES_KB = [2, 16, 64, 256];

/** The order of the requests: small answers are more common than large ones, as they are on the web. */
const MIX = [0, 1, 0, 2, 0, 1, 0, 3];

/** A JSON array, in the pieces that a handler joins: each of them one record with the comma or bracket before it. */
export interface Body {
	readonly pieces: readonly Uint8Array[];
	readonly length: number;
}

const CLOSE = Buffer.from("]");

function makeBody(records: readonly string[], length: number): Body {
	const pieces: Uint8Array[] = [];
	let total = CLOSE.length;
	while (total < length) {
		const piece = Buffer.from(`${pieces.length === 0 ? "[" : ","}${records[pieces.length % records.length]}`);
		pieces.push(piece);
		total += piece.length;
	}
	pieces.push(CLOSE);
	return { pieces, length: total };
}

/** The bodies that the server knows, by path. */
export function httpBodies(): ReadonlyMap<string, Body> {
	const records = jsonRecords();
	return new Map(SIZES_KB.map((size) => [`/${size}k`, makeBody(records, size * 1024)]));
}

/** The paths to ask for, to be gone through round and round. */
export const REQUESTS: readonly string[] = MIX.map((size) => `/${SIZES_KB[size]}k`);
