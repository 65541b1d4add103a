import { PoolError } from "../base/errors.ts";
import { type AbortSignalLike, anAbortSignal, throwIfAborted } from "../base/signal.ts";
import { argumentError } from "./expect.ts";
import { untilAborted } from "./until-aborted.ts";

/** A web `WritableStream`, as far as it is needed. */
export interface WritableStreamLike {
	getWriter(): {
		readonly ready: Promise<unknown>;
		write(chunk: Uint8Array): Promise<void>;
		releaseLock(): void;
	};
}

/** A Node `Writable` (a file, a socket, an HTTP response, …), as far as it is needed. */
export interface WritableLike {
	readonly writableNeedDrain?: boolean;
	write(chunk: Uint8Array, callback: (error?: Error | null) => void): unknown;
	on(event: string, listener: (error?: unknown) => void): unknown;
	once(event: string, listener: (error?: unknown) => void): unknown;
	off(event: string, listener: (error?: unknown) => void): unknown;
}

export type ByteSink = WritableLike | WritableStreamLike;

export interface WriteToOptions {
	/** Ends the writing when it aborts; the sink is left as it is. */
	readonly signal?: AbortSignalLike | undefined;
}

export const WRITE_TO_OPTIONS = { signal: anAbortSignal };

/** A chunk is at most this long: what a failure leaves in doubt. Smaller ones cost more calls (64 KiB fills a socket's buffer). */
const CHUNK = 64 * 1024;

/** How far writing has come. */
export interface Progress {
	/** Bytes that the sink is done with. */
	written: number;
	/** Whether the sink has a chunk that it may still read. */
	pending: boolean;
}

/** A sink while it is written to. */
export interface Outlet {
	/** Resolves when the sink wants more. */
	ready(): Promise<unknown>;
	/** Resolves when the sink is done with the chunk. */
	write(chunk: Uint8Array): Promise<void>;
	/** Lets go of the sink. */
	release(): void;
}

export function openSink(sink: ByteSink): Outlet {
	if (typeof sink === "object" && sink !== null) {
		if ("getWriter" in sink) return openStream(sink);
		if ("write" in sink && "once" in sink) return openWritable(sink);
	}
	throw argumentError(sink, "a Writable or a WritableStream");
}

/** Writes chunk after chunk, each when the sink is done with the one before. */
export function writeAll(
	outlet: Outlet,
	bytes: Uint8Array,
	progress: Progress,
	signal: AbortSignalLike | undefined,
): Promise<void> {
	const pump = async () => {
		while (progress.written < bytes.length) {
			await outlet.ready();
			throwIfAborted(signal);
			const chunk = bytes.subarray(progress.written, progress.written + CHUNK);
			progress.pending = true;
			await outlet.write(chunk);
			throwIfAborted(signal);
			progress.pending = false;
			progress.written += chunk.length;
		}
	};
	return untilAborted(signal, pump, () => {});
}

function openStream(stream: WritableStreamLike): Outlet {
	const writer = stream.getWriter();
	return {
		ready: () => writer.ready,
		write: (chunk) => writer.write(chunk),
		release: () => writer.releaseLock(),
	};
}

function openWritable(sink: WritableLike): Outlet {
	let failed = false;
	let fail: (error: unknown) => void = () => {};
	const onError = (error: unknown) => fail(error);
	// A response whose client has gone calls no callback any more.
	const onClose = () => fail(new PoolError("ERR_POOL_DISPOSED", "writeTo: expected a sink that stays open"));
	sink.on("error", onError);
	sink.on("close", onClose);
	const outcome = (start: (callback: (error?: unknown) => void) => void) =>
		new Promise<void>((resolve, reject) => {
			fail = (error) => {
				failed = true;
				reject(error);
			};
			start((error) => (error ? fail(error) : resolve()));
		});
	return {
		ready: async () => {
			if (sink.writableNeedDrain) await outcome((drained) => sink.once("drain", drained));
		},
		write: (chunk) => outcome((written) => sink.write(chunk, written)),
		release: () => {
			sink.off("close", onClose);
			// After a callback's error comes an `error` event, which would end the process if nobody listened.
			if (!failed) sink.off("error", onError);
		},
	};
}
