import { PoolError } from "../errors.ts";
import { expectOptions, ofType, type Rule } from "../options.ts";
import { aSignal, untilAborted } from "./abort.ts";
import { isBytes, misfit } from "./expect.ts";

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
	readonly signal?: AbortSignal | undefined;
	/** The most bytes to append; default: no limit but memory. */
	readonly limit?: number | undefined;
	/**
	 * `true`: a source that is not read to its end stays open, so that a server can still answer a request whose body is
	 * too large; default `false`: it is cancelled, destroyed or returned.
	 */
	readonly preventCancel?: boolean | undefined;
}

const aLimit: Rule = {
	expected: "a number from 0 on",
	accepts: (value) => typeof value === "number" && value >= 0,
};

const OPTIONS = { signal: aSignal, limit: aLimit, preventCancel: ofType("boolean") };

/** The part of a buffer that reading needs. */
interface Target {
	readonly length: number;
	write(bytes: Uint8Array): number;
	writeString(text: string): number;
	truncate(length: number): void;
}

/** Appends all chunks of a source to the target; returns how many bytes that were. */
export async function readAll(source: ByteSource, target: Target, options: ReadFromOptions): Promise<number> {
	expectOptions("readFrom", options, OPTIONS);
	const { signal, limit = Number.POSITIVE_INFINITY, preventCancel = false } = options;
	const chunks = open(source, !preventCancel);
	const intake = new Intake(target, limit);
	const pump = async () => {
		try {
			for (;;) {
				const { done, value } = await chunks.next();
				signal?.throwIfAborted();
				if (done) break;
				intake.take(value);
			}
			intake.flush();
		} finally {
			chunks.close();
		}
	};
	await untilAborted(signal, pump, chunks.close);
	return intake.total;
}

interface Chunks {
	next(): Promise<{ done?: boolean | undefined; value?: unknown }>;
	/** Ends the reading; a second call does nothing. */
	close(): void;
}

function open(source: ByteSource, cancel: boolean): Chunks {
	if (typeof source === "object" && source !== null) {
		if ("getReader" in source) return openStream(source, cancel);
		if (Symbol.asyncIterator in source) return openIterator(source, source[Symbol.asyncIterator](), cancel);
		if (Symbol.iterator in source) return openIterator(source, source[Symbol.iterator](), cancel);
	}
	throw misfit(source, "a source", "a stream or an iterable of bytes and strings");
}

function openStream(stream: ReadableStreamLike, cancel: boolean): Chunks {
	const reader = stream.getReader();
	return {
		next: () => reader.read(),
		close: () => {
			// Not waited for, as the caller waits for nothing more; its failure tells nothing that the caller can use.
			if (cancel) reader.cancel().catch(() => {});
			reader.releaseLock();
		},
	};
}

function openIterator(
	source: object,
	iterator: AsyncIterator<Chunk> | Iterator<Chunk>,
	cancel: boolean,
): Chunks {
	let over = false;
	return {
		next: async () => {
			let unfinished = false;
			try {
				const result = await iterator.next();
				unfinished = result.done !== true;
				return result;
			} finally {
				if (!unfinished) over = true;
			}
		},
		close: () => {
			if (over || !cancel) return;
			over = true;
			// `return` would queue up behind a `next` that hangs; a Node stream's `destroy` does not.
			const { destroy } = source as { destroy?: () => void };
			if (typeof destroy === "function") destroy.call(source);
			else (async () => iterator.return?.())().catch(() => {});
		},
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
			if (!isBytes(chunk)) throw misfit(chunk, "a chunk", "chunks that are a Uint8Array or a string");
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
