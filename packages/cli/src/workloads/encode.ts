import { jsonDocuments } from "./data.ts";
import { defineWorkload } from "./define-workload.ts";
import { Scratch } from "./scratch.ts";

interface Encoder {
	/** The text as UTF-8; valid until the next call. */
	encode(text: string): Uint8Array;
}

/** What one writes without a pool. */
const bufferFrom: Encoder = { encode: (text) => Buffer.from(text) };

const utf8 = new TextEncoder();
/** UTF-8 takes at most three bytes for each UTF-16 unit of a string. */
const MOST_BYTES_PER_UNIT = 3;

class ScratchEncoder implements Encoder {
	readonly #scratch = new Scratch();

	encode(text: string): Uint8Array {
		const bytes = this.#scratch.atLeast(text.length * MOST_BYTES_PER_UNIT);
		return bytes.subarray(0, utf8.encodeInto(text, bytes).written);
	}
}

export const encode = defineWorkload<Encoder, string>({
	name: "encode",
	summary: "JSON documents of 0.1–0.3 MB to UTF-8 bytes",
	pool: { new: () => new ScratchEncoder() },
	fresh: () => bufferFrom,
	inputs: jsonDocuments,
	run(items, document, audit) {
		const encoder = items.get();
		const bytes = encoder.encode(document);
		const result = bytes.length * 256 + (bytes[bytes.length >> 1] as number);
		audit?.update(bytes);
		items.put(encoder);
		return result;
	},
});
