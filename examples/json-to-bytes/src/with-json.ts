import { Pool } from "ebbpool";
import { BufferPool, ByteBuffer } from "ebbpool/bytes";

/** Documents of all sizes share these arrays: a buffer that once held a large one does not keep room for it. */
export const arrays = new BufferPool({ name: "json", stats: true });

const buffers = new Pool({
	name: "json",
	new: () => new ByteBuffer({ pool: arrays }),
	reset: (buffer) => buffer.release(),
});

/**
 * Calls `use` with the value as JSON in UTF-8 and returns what it returns. The bytes are valid until then, or, if that is
 * a promise, until it is settled.
 */
export function withJson<R>(value: unknown, use: (json: Uint8Array) => R): R {
	return buffers.use((buffer) => {
		buffer.writeString(JSON.stringify(value));
		return use(buffer.bytes());
	});
}
