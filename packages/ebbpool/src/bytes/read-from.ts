import { expectEngine } from "../base/engine.ts";
import { PoolError } from "../base/errors.ts";
import { aBoolean, aNumber, NEVER, readOptions } from "../base/rules.ts";
import { type AbortSignalLike, anAbortSignal } from "../base/signal.ts";
import { ByteRegion } from "./byte-region.ts";
import { argumentError, isArrayBuffer, isBytes } from "./expect.ts";
import { quietly, untilAborted } from "./until-aborted.ts";

type Chunk = Uint8Array | string;

/** A web `ReadableStream`, as far as it is needed. */
export interface ReadableStreamLike {
	getReader(): {
		read(): Promise<{ done: boolean; value?: unknown }>;
		cancel(): Promise<void>;
		releaseLock(): void;
	};
}

/** A `Blob` or `File`, as far as it is needed. */
export interface BlobLike {
	readonly size: number;
	stream(): ReadableStreamLike;
}

/** A `Response` or `Request`, as far as it is needed. */
export interface BodyLike {
	readonly body: ReadableStreamLike | AsyncIterable<Chunk> | null;
	arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * What `readFrom` reads: bytes, another buffer, a web or Node stream, a `Blob`, a `Response`, or whatever else gives bytes
 * and strings when iterated over.
 */
export type ByteSource =
	| Uint8Array
	| ArrayBuffer
	| ByteRegion
	| ReadableStreamLike
	| BlobLike
	| BodyLike
	| AsyncIterable<Chunk>
	| Iterable<Chunk>;

export interface ReadFromOptions {
	/** Ends the reading when it aborts. */
	readonly signal?: AbortSignalLike | undefined;
	/** The most bytes to append; default: no limit but memory. */
	readonly limit?: number | undefined;
	/**
	 * `true`: a source that is not read to its end stays open, so that a server can still answer a request whose body is
	 * too large; default `false`: it is cancelled, destroyed or returned.
	 */
	readonly preventCancel?: boolean | undefined;
}

const OPTIONS = { signal: anAbortSignal, limit: aNumber(0), preventCancel: aBoolean };

/** Appends all chunks of a source to the target; returns how many bytes that were. */
export async function readAll(
	source: ByteSource,
	target: ByteRegion,
	options: ReadFromOptions,
): Promise<number> {
	expectEngine("ByteBuffer.readFrom", "Promise");
	const { signal, limit = NEVER, preventCancel } = readOptions("ByteBuffer.readFrom", options, OPTIONS);
	if (source === target) throw argumentError(SOURCE, source, "another buffer");
	const intake = new Intake(target, limit);
	const chunks = open(source);
	const cancel = preventCancel ? () => {} : () => void quietly(() => chunks.cancel?.());
	const pump = async (goOn: () => void) => {
		for (;;) {
			const { done, value } = await chunks.next();
			goOn();
			if (done) return intake.flush();
			try {
				intake.take(value);
			} catch (error) {
				cancel();
				throw error;
			}
			chunks.taken?.();
		}
	};
	try {
		await untilAborted(signal, pump, cancel);
	} finally {
		quietly(() => chunks.release?.());
	}
	return intake.total;
}

/** A source while it is read. */
interface Chunks {
	next(): Promise<{ done?: boolean | undefined; value?: unknown }>;
	/** Tells the source that the chunk was appended. */
	taken?(): void;
	/** Tells the source that nobody will read on. It is not waited for, as it may hang and the caller has an error to see. */
	cancel?(): unknown;
	/** Lets go of the source. */
	release?(): void;
}

const SOURCE = "ByteBuffer.readFrom: source";

function open(source: ByteSource | null): Chunks {
	if (typeof source === "object" && source !== null) {
		if (isBytes(source)) return openIterator(source, [source].values());
		if (isArrayBuffer(source)) return open(new Uint8Array(source));
		if (source instanceof ByteRegion) return openBuffer(source);
		if ("getReader" in source) return openStream(source);
		if (Symbol.asyncIterator in source) return openIterator(source, source[Symbol.asyncIterator]());
		if ("stream" in source) return open(source.stream());
		if ("body" in source) return open(source.body ?? []);
		if (Symbol.iterator in source && !ArrayBuffer.isView(source))
			return openIterator(source, source[Symbol.iterator]());
	}
	throw argumentError(SOURCE, source, "bytes, a buffer, a stream or an iterable of chunks");
}

function openBuffer(buffer: ByteRegion): Chunks {
	let given = 0;
	return {
		async next() {
			given = buffer.length;
			return { done: given === 0, value: buffer.bytes() };
		},
		taken: () => void buffer.next(given),
	};
}

function openStream(stream: ReadableStreamLike): Chunks {
	const reader = stream.getReader();
	return {
		next: () => reader.read(),
		cancel: () => reader.cancel(),
		release: () => reader.releaseLock(),
	};
}

function openIterator(source: object, iterator: AsyncIterator<Chunk> | Iterator<Chunk>): Chunks {
	return {
		next: async () => iterator.next(),
		cancel() {
			// `return` would queue up behind a `next` that hangs; a Node stream's `destroy` does not.
			const { destroy } = source as { destroy?: () => void };
			return destroy ? destroy.call(source) : iterator.return?.();
		},
	};
}

/** Appends chunks, up to the limit. */
class Intake {
	total = 0;
	/** The first half of a surrogate pair, whose second half may be in the next chunk. */
	#half = "";
	readonly #target: ByteRegion;
	readonly #limit: number;

	constructor(target: ByteRegion, limit: number) {
		this.#target = target;
		this.#limit = limit;
	}

	take(chunk: unknown): void {
		if (typeof chunk === "string") {
			const text = this.#half + chunk;
			const last = text.length - 1;
			const end = (text.charCodeAt(last) & 0xfc00) === 0xd800 ? last : text.length;
			this.#half = text.slice(end);
			this.#append(text.slice(0, end));
		} else {
			this.flush();
			if (!isBytes(chunk))
				throw argumentError("ByteBuffer.readFrom: chunk", chunk, "a Uint8Array or a string");
			this.#append(chunk);
		}
	}

	/** Appends what waited for a second half that did not come. */
	flush(): void {
		const half = this.#half;
		this.#half = "";
		this.#append(half);
	}

	#append(chunk: Chunk): void {
		const room = this.#limit - this.total;
		if (chunk.length <= room) {
			const target = this.#target;
			const written = typeof chunk === "string" ? target.writeString(chunk) : target.write(chunk);
			if (written <= room) {
				this.total += written;
				return;
			}
			target.truncate(target.length - written);
		}
		throw new PoolError(
			"ERR_POOL_RANGE",
			`ByteBuffer.readFrom: expected at most ${this.#limit} bytes, got more`,
		);
	}
}
