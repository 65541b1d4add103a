import { BufferPool, ByteBuffer } from "ebbpool/bytes";
import { jsonDocuments } from "./data.ts";
import { loop } from "./loop.ts";
import { defineWorkload } from "./workload.ts";

interface Serializer {
	/** The value as JSON in UTF-8; valid until the serializer is put back. */
	serialize(value: unknown): Uint8Array;
}

/** What one writes without a pool. */
const bufferFrom: Serializer = { serialize: (value) => Buffer.from(JSON.stringify(value)) };

/** Documents of all sizes share the arrays of one pool, so that no buffer keeps room for the largest. */
class PooledSerializer implements Serializer {
	readonly #buffer: ByteBuffer;

	constructor(arrays: BufferPool) {
		this.#buffer = new ByteBuffer({ pool: arrays });
	}

	serialize(value: unknown): Uint8Array {
		this.#buffer.writeString(JSON.stringify(value));
		return this.#buffer.bytes();
	}

	release(): void {
		this.#buffer.release();
	}
}

const arrays = new BufferPool({ name: "json" });

export const json = defineWorkload<Serializer, PooledSerializer>({
	name: "json",
	summary: "documents of 0.1–0.3 MB through JSON.stringify to bytes",
	pool: { new: () => new PooledSerializer(arrays), reset: (serializer) => serializer.release() },
	fresh: () => bufferFrom,
	open(items) {
		const documents = jsonDocuments().map((text) => JSON.parse(text) as unknown);
		return loop(documents.length, (input, audit) => {
			const serializer = items.get();
			const bytes = serializer.serialize(documents[input]);
			const result = bytes.length * 256 + (bytes[bytes.length >> 1] as number);
			audit?.update(bytes);
			items.put(serializer);
			return result;
		});
	},
});
