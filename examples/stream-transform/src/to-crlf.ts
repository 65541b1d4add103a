import { arrays, type Chunks } from "./chunks.ts";

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Ends every line with CR LF, as mail and HTTP want it; lines that do already stay as they are. */
export async function* toCrlf(chunks: Chunks): AsyncGenerator<Uint8Array> {
	let last = 0;
	for await (const chunk of chunks) {
		// At worst every byte is a line feed.
		const array = arrays.get(2 * chunk.length);
		try {
			let length = 0;
			for (const byte of chunk) {
				if (byte === LINE_FEED && last !== CARRIAGE_RETURN) array[length++] = CARRIAGE_RETURN;
				array[length++] = byte;
				last = byte;
			}
			yield array.subarray(0, length);
		} finally {
			arrays.put(array);
		}
	}
}
