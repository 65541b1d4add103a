import { type FileHandle, open } from "node:fs/promises";
import { ReadableStream } from "node:stream/web";
import { anInteger, expectValue, readOptions } from "../base/rules.ts";
import { type AbortSignalLike, anAbortSignal, onAbort, throwIfAborted } from "../base/signal.ts";
import type { Lease } from "../pool/types.ts";
import { type ArrayPool, anArrayPool, rent } from "./array-pool.ts";
import { type Bytes, LentBytes } from "./lent-bytes.ts";
import { type FilePath, isOpen } from "./read-file.ts";

export interface ReadChunksOptions {
	/** Where the arrays come from and go back to. */
	readonly pool: ArrayPool;
	/** Bytes that are read at a time, at most; default 64 KiB. */
	readonly chunkSize?: number | undefined;
	/** Ends the reading when it aborts. */
	readonly signal?: AbortSignalLike | undefined;
}

const OPTIONS = { pool: anArrayPool, chunkSize: anInteger(1, 2 ** 30), signal: anAbortSignal };

/**
 * Reads a file in chunks, each a lease of an array from a pool. The consumer gives each back when nobody reads it any more:
 * it may have several at a time. Nothing is read ahead.
 *
 * The file is closed at its end, when reading fails, when the consumer has enough (`break`, `cancel`), and when the signal
 * aborts, which rejects with its reason. Chunks that nobody has looked at go back then too, so that none is lost in a queue,
 * as one behind `tee` or `pipeThrough`; whoever does have one finds a copy of its bytes. (At the end of the file they are left
 * to the streams that have them; what these drop unseen is the collector's.)
 *
 * @returns a `ReadableStream`, which is an async iterable, too
 * @throws `ERR_POOL_OPTION` for an unknown option, a wrong type or a number out of range
 *
 * @example
 * ```ts
 * import { BufferPool } from "ebbpool/bytes";
 * import { readChunks } from "ebbpool/files";
 *
 * const pool = new BufferPool();
 * let length = 0;
 * for await (const chunk of readChunks("package.json", { pool })) {
 *   length += chunk.item.length;
 *   chunk.release();
 * }
 * console.log(length > 0); // true
 * ```
 */
export function readChunks(path: FilePath, options: ReadChunksOptions): ReadableStream<Lease<Bytes>> {
	const { pool, chunkSize = 64 * 1024, signal } = readOptions("readChunks", options, OPTIONS);
	expectValue("ERR_POOL_OPTION", "readChunks: option pool", pool, anArrayPool);
	let file: FileHandle | undefined;
	let over = false;
	let stop: (() => void) | undefined;
	/** Chunks that nobody has looked at: they may be in the queue of this stream, or of one behind it, which an early end empties. */
	const unused = new Set<LentBytes>();

	/** Closes the file once nobody reads from it any more. */
	async function close(): Promise<void> {
		over = true;
		stop?.();
		const opened = file;
		file = undefined;
		if (opened !== path) await opened?.close();
	}

	/** Likewise before the end: chunks that are still in a queue may be dropped unseen. */
	async function closeEarly(): Promise<void> {
		const errors: unknown[] = [];
		for (const chunk of unused) {
			try {
				chunk.leavePool();
			} catch (error) {
				errors.push(error);
			}
		}
		await close();
		if (errors.length > 0) throw errors[0];
	}

	/** Reads the next chunk; `undefined` at the end. */
	async function read(): Promise<LentBytes | undefined> {
		throwIfAborted(signal);
		file ??= isOpen(path) ? path : await open(path as string);
		const array = rent(pool, chunkSize, "readChunks: option pool");
		try {
			const { bytesRead } = await file.read(array, 0, chunkSize);
			throwIfAborted(signal);
			if (bytesRead > 0) return new LentBytes(pool, array, bytesRead, unused);
		} catch (error) {
			pool.put(array);
			throw error;
		}
		pool.put(array);
		return undefined;
	}

	return new ReadableStream<Lease<Bytes>>(
		{
			async pull(controller) {
				stop ??=
					signal &&
					onAbort(signal, (reason) => {
						controller.error(reason);
						closeEarly().catch(() => {});
					});
				let chunk: LentBytes | undefined;
				try {
					chunk = await read();
				} catch (error) {
					// The first error is the one to see.
					await closeEarly().catch(() => {});
					throw error;
				}
				if (over) {
					// It was cancelled or aborted meanwhile, perhaps before the file was open.
					chunk?.release();
					await close();
				} else if (chunk === undefined) {
					unused.clear();
					await close();
					controller.close();
				} else controller.enqueue(chunk);
			},
			cancel: closeEarly,
		},
		{ highWaterMark: 0 },
	);
}
