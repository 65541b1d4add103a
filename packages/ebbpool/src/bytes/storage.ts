import { PoolError, type PoolErrorCode } from "../errors.ts";

/** Memory that a buffer owns from end to end. */
export type Storage = Uint8Array<ArrayBuffer>;

/** Where buffers get their storage from and where they give it back: a `BufferPool`, or the heap. */
export interface StorageSource {
	/** Storage of at least `minLength` bytes, which nobody else has. */
	get(minLength: number): Storage;
	/** Takes storage back that its owner does not use any more. */
	put(storage: Storage): void;
}

export const EMPTY: Storage = new Uint8Array(0);

export const heap: StorageSource = {
	get: (minLength) => new Uint8Array(minLength),
	put: () => {},
};

/** Gets `wanted` bytes, or, where there is not that much memory, the `needed` ones. */
export function allocate(
	source: StorageSource,
	wanted: number,
	needed: number,
	code: PoolErrorCode = "ERR_POOL_RANGE",
): Storage {
	let storage: Storage;
	try {
		storage = source.get(wanted);
	} catch (cause) {
		if (needed < wanted) return allocate(source, needed, needed, code);
		throw new PoolError(code, `ByteBuffer: expected memory for ${needed} bytes, got ${cause}`, { cause });
	}
	if (storage.length >= needed) return storage;
	throw new PoolError("ERR_POOL_HOOK", `pool.get: expected at least ${needed} bytes, got ${storage.length}`);
}
