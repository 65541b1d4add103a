import { open } from "node:fs/promises";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { BufferPool } from "ebbpool/bytes";

export const arrays = new BufferPool({ name: "chunks", stats: true });

/** Bytes, a chunk at a time. **A chunk is valid until the next one is asked for**; then its memory holds other bytes. */
export type Chunks = AsyncIterable<Uint8Array>;

const CHUNK_BYTES = 64 * 1024;

/** The bytes of a file, all in the same array. */
export async function* readChunks(path: string, chunkBytes = CHUNK_BYTES): AsyncGenerator<Uint8Array> {
	await using file = await open(path);
	const array = arrays.get(chunkBytes);
	try {
		for (;;) {
			const { bytesRead } = await file.read(array, 0, chunkBytes);
			if (bytesRead === 0) return;
			// Whoever asks for the next chunk is done with this one.
			yield array.subarray(0, bytesRead);
		}
	} finally {
		arrays.put(array);
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
