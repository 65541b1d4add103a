import { BufferPool, ByteBuffer } from "ebbpool/bytes";
import { jsonDocuments } from "./data.ts";
import { defineWorkload } from "./define-workload.ts";
import { itemsByHand } from "./items.ts";

interface Serializer {
	/** The value as JSON in UTF-8; valid until the serializer is put back. */
	serialize(value: unknown): Uint8Array;
}

/** What one writes without a pool. */
const bufferFrom: Serializer = { serialize: (value) => Buffer.from(JSON.stringify(value)) };

/** Documents of all sizes share the arrays of one pool, so that no buffer keeps room for the largest. */
class PooledSerializer implements Serializer {
	readonly #buffer: ByteBuffer;

	constructor(arrays: BufferPool | undefined) {
		this.#buffer = arrays === undefined ? new ByteBuffer() : new ByteBuffer({ pool: arrays });
	}

	serialize(value: unknown): Uint8Array {
		this.#buffer.writeString(JSON.stringify(value));
		return this.#buffer.bytes();
	}

	reset(): void {
		this.#buffer.reset();
	}

	release(): void {
		this.#buffer.release();
	}
}

const arrays = new BufferPool({ name: "json" });

export const json = defineWorkload<PooledSerializer, unknown, Serializer>({
	name: "json",
	summary: "documents of 0.1–0.3 MB through JSON.stringify to bytes",
	pool: { new: () => new PooledSerializer(arrays), reset: (serializer) => serializer.release() },
	fresh: () => bufferFrom,
	// A buffer that keeps its storage, since there is nobody to share it with.
	byHand: (count) =>
		itemsByHand({ new: () => new PooledSerializer(undefined), reset: (one) => one.reset() }, count),
	inputs: () => jsonDocuments().map((text) => JSON.parse(text) as unknown),
	run(items, document, audit) {
		const serializer = items.get();
		const bytes = serializer.serialize(document);
		const result = bytes.length * 256 + (bytes[bytes.length >> 1] as number);
		audit?.update(bytes);
		items.put(serializer);
		return result;
	},
});
