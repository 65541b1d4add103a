import { ByteBuffer } from "ebbpool/bytes";

/** Long enough that whatever was going to happen without more input has happened. */
export const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

export async function* asyncChunks<T>(...chunks: T[]): AsyncGenerator<T> {
	for (const chunk of chunks) yield chunk;
}

export function webStream(...chunks: (Uint8Array | string)[]): ReadableStream<Uint8Array | string> {
	return new ReadableStream({
		start(controller) {
			for (const chunk of chunks) controller.enqueue(chunk);
			controller.close();
		},
	});
}

export function holding(length: number): ByteBuffer {
	const buffer = new ByteBuffer();
	buffer.write(Uint8Array.from({ length }, (_, i) => i % 251));
	return buffer;
}

/** An async iterator that gives one chunk and then hangs; it tells whether it was closed. */
export function hanging(): { source: AsyncIterable<string>; closed: () => boolean } {
	let closed = false;
	let given = false;
	const iterator: AsyncIterator<string> = {
		next() {
			if (given) return new Promise(() => {});
			given = true;
			return Promise.resolve({ done: false, value: "first" });
		},
		async return() {
			closed = true;
			return { done: true, value: undefined };
		},
	};
	return { source: { [Symbol.asyncIterator]: () => iterator }, closed: () => closed };
}

/** A WritableStream that collects copies of what it gets, and fails at the given write. */
export function collecting(failAt = Number.POSITIVE_INFINITY, failure?: unknown) {
	const chunks: Uint8Array[] = [];
	const sink = new WritableStream<Uint8Array>({
		async write(chunk) {
			await settled();
			if (chunks.length === failAt) throw failure;
			chunks.push(chunk.slice());
		},
	});
	const bytes = () => {
		const all = new ByteBuffer();
		for (const chunk of chunks) all.write(chunk);
		return all.bytes();
	};
	return { sink, bytes };
}
