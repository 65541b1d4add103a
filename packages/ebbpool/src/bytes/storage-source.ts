import { ifPossible } from "../base/engine.ts";
import { inNameOf, PoolError } from "../base/errors.ts";
import { describe } from "../base/rules.ts";
import { isBytes, trueLength } from "./expect.ts";
import { makeArray } from "./pooled-array.ts";
import type { Storage } from "./storage.ts";

/** Where buffers get their storage from and where they give it back: a `BufferPool`, or the heap. */
export interface StorageSource {
	/** Storage of at least `minLength` bytes, which nobody else has. */
	get(minLength: number): Storage;
	/** Takes storage back that its owner does not use any more. */
	put(storage: Storage): void;
	/** Learns of storage that does not come back: it was taken away, or somebody may still read it. */
	discard?(storage: Storage): void;
}

export const EMPTY: Storage = /* @__PURE__ */ ifPossible(() => new Uint8Array(new ArrayBuffer(0)));

export const heap: StorageSource = {
	get: (length) => makeArray(length, "ByteBuffer"),
	put: () => {},
};

/** Gets `wanted` bytes, or, where there is not that much memory, the `needed` ones. */
export function allocate(source: StorageSource, method: string, wanted: number, needed: number): Storage {
	let storage: Storage;
	try {
		storage = source.get(wanted);
	} catch (error) {
		if (needed >= wanted) throw inNameOf(method, "ByteBuffer", error);
		return allocate(source, method, needed, needed);
	}
	const length = isBytes(storage) ? trueLength(storage) : -1;
	if (length >= wanted) return storage;
	source.discard?.(storage);
	const got = length < 0 ? describe(storage) : length;
	throw new PoolError(
		"ERR_POOL_HOOK",
		`${method}: pool.get: expected a Uint8Array of at least ${wanted} bytes, got ${got}`,
	);
}
