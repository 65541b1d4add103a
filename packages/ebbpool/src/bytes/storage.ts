import { makeArray } from "./pooled-array.ts";

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

export const heap: StorageSource = { get: makeArray, put: () => {} };

/** Gets `wanted` bytes, or, where there is not that much memory, the `needed` ones. */
export function allocate(source: StorageSource, wanted: number, needed: number): Storage {
	try {
		return source.get(wanted);
	} catch (error) {
		if (needed < wanted) return source.get(needed);
		throw error;
	}
}
