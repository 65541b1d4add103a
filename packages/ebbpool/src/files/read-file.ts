import { type FileHandle, open } from "node:fs/promises";
import { expectValue, readOptions } from "../base/rules.ts";
import { type AbortSignalLike, anAbortSignal, throwIfAborted } from "../base/signal.ts";
import type { Lease } from "../pool/types.ts";
import { type ArrayPool, anArrayPool, rent } from "./array-pool.ts";
import { type Bytes, LentBytes } from "./lent-bytes.ts";

/** A file: its path, or a file that is open, which stays so and is read from where it stands. */
export type FilePath = string | URL | Uint8Array | FileHandle;

export interface ReadFileOptions {
	/** Ends the reading, between two reads, when it aborts. */
	readonly signal?: AbortSignalLike | undefined;
}

/** What there is room for beyond what a file says that it holds: a read that finds just that has seen its end. */
const SPARE = 1;

/** What is asked for at least, as special files say that they hold nothing. */
const SMALLEST = 8 * 1024;

/**
 * Reads a file into an array from a pool.
 *
 * @returns a lease of the bytes; give it back with `release()` or `using` when nobody reads them any more
 * @throws the error of the file system; `signal.reason` when the signal aborts; `ERR_POOL_RANGE` for more than the engine
 *   has memory for. The array is back in the pool then, and the file closed.
 *
 * @example
 * ```ts
 * import { BufferPool } from "ebbpool/bytes";
 * import { readFile } from "ebbpool/files";
 *
 * const arrays = new BufferPool({ maxLength: 16 * 2 ** 20 });
 * const lease = await readFile("package.json", arrays);
 * console.log(JSON.parse(new TextDecoder().decode(lease.item)) !== undefined); // true
 * lease.release();
 * ```
 */
export async function readFile(
	path: FilePath,
	pool: ArrayPool,
	options: ReadFileOptions = {},
): Promise<Lease<Bytes>> {
	expectValue("ERR_POOL_ARGUMENT", "readFile: pool", pool, anArrayPool);
	const { signal } = readOptions("readFile", options, { signal: anAbortSignal });
	throwIfAborted(signal);
	let array: Bytes | undefined;
	let length = 0;
	try {
		await withFile(path, async (file) => {
			const { size } = await file.stat();
			throwIfAborted(signal);
			array = rent(pool, Math.max(size + SPARE, SMALLEST), "readFile: pool");
			for (;;) {
				const { bytesRead } = await file.read(array, length, array.length - length);
				throwIfAborted(signal);
				if (bytesRead === 0) return;
				length += bytesRead;
				if (length === size) return;
				if (length < array.length) continue;
				// The file grew, or did not say how much it holds.
				const full: Bytes = array;
				array = rent(pool, 2 * length, "readFile: pool");
				array.set(full);
				pool.put(full);
			}
		});
	} catch (error) {
		if (array !== undefined) pool.put(array);
		throw error;
	}
	return new LentBytes(pool, array as unknown as Bytes, length);
}

/** Runs `work` with the file open, and closes it if it was opened for that. */
export async function withFile<R>(path: FilePath, work: (file: FileHandle) => Promise<R>): Promise<R> {
	if (isOpen(path)) return work(path);
	const file = await open(path as string);
	try {
		return await work(file);
	} finally {
		await file.close();
	}
}

export function isOpen(path: FilePath): path is FileHandle {
	return typeof (path as FileHandle | null)?.read === "function";
}
