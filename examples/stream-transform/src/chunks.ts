import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { BufferPool } from "ebbpool/bytes";
import { readChunks as readLeasedChunks } from "ebbpool/files";

export const arrays = new BufferPool({ name: "chunks", stats: true });

/** Bytes, a chunk at a time. **A chunk is valid until the next one is asked for**; then its memory holds other bytes. */
export type Chunks = AsyncIterable<Uint8Array>;

const CHUNK_BYTES = 64 * 1024;

/** The bytes of a file. Each chunk's array goes back to the pool when the next one is asked for. */
export async function* readChunks(path: string, chunkSize = CHUNK_BYTES): AsyncGenerator<Uint8Array> {
	for await (const chunk of readLeasedChunks(path, { pool: arrays, chunkSize })) {
		try {
			yield chunk.item;
		} finally {
			// Whoever asks for the next chunk is done with this one.
			chunk.release();
		}
	}
}

/** Writes the chunks, each when the sink is done with the one before, and ends the sink. A failure destroys the sink. */
export async function writeChunks(chunks: Chunks, sink: Writable): Promise<void> {
	const over = finished(sink);
	// A failing sink also fails the write that is under way, and that error is the one to see.
	over.catch(() => {});
	try {
		for await (const chunk of chunks) await written(sink, chunk);
		sink.end();
	} catch (error) {
		sink.destroy(error as Error);
		throw error;
	}
	await over;
}

/** Resolves when the sink does not need the chunk any more, which is later than `write` returns. */
function written(sink: Writable, chunk: Uint8Array): Promise<void> {
	return new Promise((resolve, reject) => {
		sink.write(chunk, (error) => (error ? reject(error) : resolve()));
	});
}
