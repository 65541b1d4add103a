import { PoolError } from "../base/errors.ts";
import { aBoolean, aNumber, NEVER, readOptions } from "../base/rules.ts";
import { type AbortSignalLike, anAbortSignal, throwIfAborted } from "../base/signal.ts";
import { argumentError, isBytes } from "./expect.ts";
import { untilAborted } from "./until-aborted.ts";

type Chunk = Uint8Array | string;

/** A web `ReadableStream`, as far as it is needed. */
export interface ReadableStreamLike {
	getReader(): {
		read(): Promise<{ done: boolean; value?: unknown }>;
		cancel(): Promise<void>;
		releaseLock(): void;
	};
}

/** What `readFrom` reads: a web or Node stream, or whatever else gives bytes and strings when iterated over. */
export type ByteSource = ReadableStreamLike | AsyncIterable<Chunk> | Iterable<Chunk>;

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

/** The part of a buffer that reading needs. */
interface Target {
	readonly length: number;
	write(bytes: Uint8Array): number;
	writeString(text: string): number;
	truncate(length: number): void;
}

/** Appends all chunks of a source to the target; returns how many bytes that were. */
export async function readAll(source: ByteSource, target: Target, options: ReadFromOptions): Promise<number> {
	const { signal, limit = NEVER, preventCancel } = readOptions("readFrom", options, OPTIONS);
	const chunks = open(source);
	const cancel = preventCancel ? () => {} : chunks.cancel;
	const intake = new Intake(target, limit);
	const pump = async () => {
		for (;;) {
			const { done, value } = await chunks.next();
			throwIfAborted(signal);
			if (done) return intake.flush();
			try {
				intake.take(value);
			} catch (error) {
				cancel();
				throw error;
			}
		}
	};
	try {
		await untilAborted(signal, pump, cancel);
	} finally {
		chunks.release();
	}
	return intake.total;
}

interface Chunks {
	next(): Promise<{ done?: boolean | undefined; value?: unknown }>;
	/** Tells the source that nobody will read on. */
	cancel(): void;
	/** Lets go of the source. */
	release(): void;
}

// Closing is not waited for, as it may hang and the caller has an error to see; how it fails tells nothing more.
const ignore = () => {};

function open(source: ByteSource): Chunks {
	if (typeof source === "object" && source !== null) {
		if ("getReader" in source) return openStream(source);
		if (Symbol.asyncIterator in source) return openIterator(source, source[Symbol.asyncIterator]());
		if (Symbol.iterator in source) return openIterator(source, source[Symbol.iterator]());
	}
	throw argumentError(source, "a stream or an iterable");
}

function openStream(stream: ReadableStreamLike): Chunks {
	const reader = stream.getReader();
	return {
		next: () => reader.read(),
		cancel: () => void reader.cancel().catch(ignore),
		release: () => reader.releaseLock(),
	};
}

function openIterator(source: object, iterator: AsyncIterator<Chunk> | Iterator<Chunk>): Chunks {
	return {
		next: async () => iterator.next(),
		cancel: () => {
			// `return` would queue up behind a `next` that hangs; a Node stream's `destroy` does not.
			const { destroy } = source as { destroy?: () => void };
			if (destroy) destroy.call(source);
			else (async () => iterator.return?.())().catch(ignore);
		},
		release: ignore,
	};
}

/** Appends chunks, up to the limit. */
class Intake {
	total = 0;
	/** The first half of a surrogate pair, whose second half may be in the next chunk. */
	#half = "";
	readonly #target: Target;
	readonly #limit: number;

	constructor(target: Target, limit: number) {
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
			if (!isBytes(chunk)) throw argumentError(chunk, "a Uint8Array or a string");
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
		throw new PoolError("ERR_POOL_RANGE", `readFrom: expected at most ${this.#limit} bytes, got more`);
	}
}
