import { open } from "node:fs/promises";
import { TEXT_FILES } from "./data.ts";
import { type Audit, defineWorkload, type Items } from "./define-workload.ts";

/** What `createReadStream` reads at a time. */
const CHUNK_BYTES = 64 * 1024;

/** Memory for one chunk on its way through: as it was read, and with its line ends converted. */
class Chunk {
	readonly source = Buffer.allocUnsafe(CHUNK_BYTES);
	/** At worst every byte is a line feed. */
	readonly target = Buffer.allocUnsafe(2 * CHUNK_BYTES);
}

export const stream = defineWorkload<Chunk, string>({
	name: "stream",
	summary: "files of 0.2–1.2 MB through a transform in chunks of 64 KiB",
	pool: { new: () => new Chunk() },
	inputs: TEXT_FILES,
	run: (items, file, audit) => consume(toCrlf(file, items), audit),
});

/** The file with CR LF at the end of each line. A chunk is valid until the next one is asked for. */
async function* toCrlf(path: string, items: Items<Chunk>): AsyncGenerator<Buffer> {
	const file = await open(path);
	try {
		for (;;) {
			const chunk = items.get();
			try {
				const { bytesRead } = await file.read(chunk.source, 0, CHUNK_BYTES);
				if (bytesRead === 0) return;
				yield convert(chunk, bytesRead);
			} finally {
				items.put(chunk);
			}
		}
	} finally {
		await file.close();
	}
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** The texts have no CR LF of their own. */
function convert({ source, target }: Chunk, length: number): Buffer {
	let end = 0;
	for (let at = 0; at < length; at++) {
		const byte = source[at] as number;
		if (byte === LINE_FEED) target[end++] = CARRIAGE_RETURN;
		target[end++] = byte;
	}
	return target.subarray(0, end);
}

/** Receives all chunks; returns a number that depends on their lengths and last bytes. */
async function consume(chunks: AsyncIterable<Buffer>, audit: Audit | undefined): Promise<number> {
	let result = 0;
	for await (const chunk of chunks) {
		audit?.update(chunk);
		result = (result * 31 + chunk.length * 256 + (chunk.at(-1) as number)) % 2 ** 40;
	}
	return result;
}
