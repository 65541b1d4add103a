import { constants } from "node:zlib";
import { Pool } from "ebbpool";
import { DeflateRaw } from "minizlib";

/**
 * A deflate context, which is reset after each message: 256 kB of native memory that `zlib.deflateRawSync` makes and
 * destroys for each call. `minizlib` is Node's own zlib with synchronous streams.
 */
class CompressionContext {
	readonly #stream = new DeflateRaw({});

	/** The message as deflate blocks that end at a byte, with the empty block that makes them so (Z_SYNC_FLUSH). */
	compress(message: Uint8Array): Uint8Array {
		this.#stream.write(Buffer.from(message.buffer, message.byteOffset, message.length));
		this.#stream.flush(constants.Z_SYNC_FLUSH);
		const compressed = this.#stream.read();
		if (compressed === null) throw new Error("expected compressed bytes, got none");
		return compressed as Uint8Array;
	}

	reset(): void {
		this.#stream.reset();
	}

	close(): void {
		this.#stream.close();
	}
}

/** A context holds native memory, so the pool closes those that it lets go of. */
export const contexts = new Pool({
	name: "compression contexts",
	new: () => new CompressionContext(),
	reset: (context) => context.reset(),
	dispose: (context) => context.close(),
	stats: true,
});
