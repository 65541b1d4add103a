import { expectEngine } from "../base/engine.ts";
import { aBoolean } from "../base/rules.ts";
import { type AbortSignalLike, anAbortSignal } from "../base/signal.ts";
import { ByteRegion } from "./byte-region.ts";
import { argumentError } from "./expect.ts";
import type { Storage } from "./storage.ts";
import { quietly, untilAborted } from "./until-aborted.ts";
import { closedSink, openWritable, type WritableLike } from "./writable.ts";

/** A web `WritableStream`, as far as it is needed. */
export interface WritableStreamLike {
	getWriter(): {
		readonly ready: Promise<unknown>;
		readonly closed?: Promise<unknown>;
		write(chunk: Storage): Promise<void>;
		releaseLock(): void;
	};
}

export type ByteSink = WritableLike | WritableStreamLike | ByteRegion;

export interface WriteToOptions {
	/** Ends the writing when it aborts; the sink is left as it is. */
	readonly signal?: AbortSignalLike | undefined;
	/**
	 * `false`: the sink sees the storage itself. Right only for one that is done with a chunk when it settles the write, as
	 * Node's files, sockets and HTTP responses are. Many others settle a write when they have accepted it, and read the
	 * chunk later: `PassThrough`, `TransformStream`, compression streams, `Writable.toWeb`. Default `true`: they get copies.
	 */
	readonly copy?: boolean | undefined;
}

export const WRITE_TO_OPTIONS = { signal: anAbortSignal, copy: aBoolean };

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
	ready(): Promise<unknown> | undefined;
	/** Resolves when the sink has taken the chunk. */
	write(chunk: Storage): Promise<unknown> | number;
	/** Lets go of the sink; throws nothing. */
	release(): void;
}

/** @throws `ERR_POOL_ARGUMENT` for what is no sink, and what a sink throws that cannot be opened */
export function openSink(sink: ByteSink): Outlet {
	if (typeof sink === "object" && sink !== null) {
		if ("getWriter" in sink) return openStream(sink);
		if (sink instanceof ByteRegion) return openBuffer(sink);
		if ("write" in sink && "once" in sink) return openWritable(sink);
	}
	throw argumentError("ByteBuffer.writeTo: sink", sink, "a Writable, a WritableStream or another ByteBuffer");
}

/** Writes chunk after chunk, each when the sink is done with the one before. */
export function writeAll(
	outlet: Outlet,
	bytes: Storage,
	progress: Progress,
	{ signal, copy = true }: WriteToOptions,
): Promise<void> {
	expectEngine("ByteBuffer.writeTo", "Promise");
	const { length } = bytes;
	return untilAborted(signal, async (goOn) => {
		while (progress.written < length) {
			await outlet.ready();
			goOn();
			const { written } = progress;
			const end = written + CHUNK;
			const chunk = copy ? bytes.slice(written, end) : bytes.subarray(written, end);
			progress.pending = !copy;
			await outlet.write(chunk);
			progress.pending = false;
			progress.written = Math.min(end, length);
			goOn();
		}
	});
}

function openStream(stream: WritableStreamLike): Outlet {
	const writer = stream.getWriter();
	let closed = false;
	writer.closed?.then(
		() => {
			closed = true;
		},
		() => {},
	);
	return {
		ready: () => writer.ready,
		write(chunk) {
			// Node's own error says that Node is broken.
			if (closed) throw closedSink();
			return writer.write(chunk);
		},
		release: () => void quietly(() => writer.releaseLock()),
	};
}

function openBuffer(buffer: ByteRegion): Outlet {
	return {
		ready: () => undefined,
		write: (chunk) => buffer.write(chunk),
		release: () => {},
	};
}
