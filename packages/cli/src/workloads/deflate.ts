import { constants, deflateRawSync } from "node:zlib";
import { DeflateRaw } from "minizlib";
import { jsonRecords } from "./data.ts";
import { defineWorkload } from "./define-workload.ts";

interface Compressor {
	/** The message as one complete raw deflate stream. */
	compress(message: Uint8Array): Uint8Array;
}

/** What one writes without a pool; it makes a compression context for each call and destroys it. */
const oneShot: Compressor = { compress: (message) => deflateRawSync(message) };

/** A compression context that is reset after each message, as a WebSocket server without context takeover does. */
class CompressionContext implements Compressor {
	readonly #stream = new DeflateRaw({});

	compress(message: Buffer): Uint8Array {
		this.#stream.write(message);
		this.#stream.flush(constants.Z_FINISH);
		const compressed = this.#stream.read();
		if (compressed === null) throw new Error("the compression context gave nothing");
		return compressed;
	}

	reset(): void {
		this.#stream.reset();
	}

	close(): void {
		this.#stream.close();
	}
}

export const deflate = defineWorkload<CompressionContext, Buffer, Compressor>({
	name: "deflate",
	summary: "JSON messages of 0.1–2 kB compressed one by one",
	pool: {
		new: () => new CompressionContext(),
		reset: (context) => context.reset(),
		dispose: (context) => context.close(),
	},
	fresh: () => oneShot,
	inputs: () => jsonRecords().map((record) => Buffer.from(record)),
	run(items, message, audit) {
		const compressor = items.get();
		const compressed = compressor.compress(message);
		audit?.update(compressed);
		items.put(compressor);
		return compressed.length;
	},
});
