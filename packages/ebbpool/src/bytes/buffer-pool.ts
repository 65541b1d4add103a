import { PoolError } from "../errors.ts";
import { expectOptions, ofType, oneOf, type Rule } from "../options.ts";
import { Pool } from "../pool/pool.ts";
import type { PoolOrder, PoolStats } from "../pool/types.ts";
import { expectBytes, expectInteger } from "./expect.ts";
import { isWhole, makeArray } from "./pooled-array.ts";
import { classFor, lengthOf, MAX_LENGTH, type SizeClass } from "./size-classes.ts";
import type { Storage } from "./storage.ts";

export interface BufferPoolOptions {
	/** Names the pool in its statistics and reports. */
	readonly name?: string | undefined;
	/** Longest array that is pooled, in bytes, up to 2^30; longer ones are allocated and dropped. Default 1 MiB. */
	readonly maxLength?: number | undefined;
	/** `"put"`: arrays are filled with zeros when they come back. Default `false`: a reused array holds old bytes. */
	readonly zero?: "put" | false | undefined;
	/** Which generation `get` looks into first; default `"local-first"`. */
	readonly order?: PoolOrder | undefined;
	/** `true`: also count gets, hits and puts exactly; default `false`. */
	readonly stats?: boolean | undefined;
}

/** The counters of one size class, as of a {@link Pool}, in arrays. */
export interface SizeClassStats extends PoolStats {
	/** Length of the arrays of this class, in bytes. */
	readonly length: number;
}

/** A frozen snapshot of the counters of a {@link BufferPool}. */
export interface BufferPoolStats {
	readonly name: string | undefined;
	/** Bytes pooled now, in both generations of all classes. */
	readonly bytes: number;
	/** Gets of more than `maxLength` bytes: allocated, not pooled. */
	readonly oversized: number;
	/** Puts of arrays that no class holds: of a wrong length, a part of a larger buffer, detached, resizable or shared. */
	readonly rejected: number;
	/** The classes in use so far, the smallest first. */
	readonly classes: readonly SizeClassStats[];
}

interface Shelf {
	readonly length: number;
	readonly arrays: Pool<Storage>;
}

const OPTIONS = {
	name: ofType("string"),
	maxLength: {
		expected: `an integer from 1 to ${MAX_LENGTH}`,
		accepts: (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_LENGTH,
	},
	zero: { expected: '"put" or false', accepts: (value) => value === "put" || value === false },
	order: oneOf("local-first", "victim-first" satisfies PoolOrder),
	stats: ofType("boolean"),
} satisfies Record<string, Rule>;

/**
 * Rents byte arrays, in size classes.
 *
 * **Promises.** `get(n)` returns an array of at least `n` bytes that nobody else has. What nobody rents is released as in
 * {@link Pool}, class by class: an array lives through one major collection and is gone with the second, so that a burst of
 * large arrays costs memory only while it lasts.
 *
 * **For** scratch memory of varying size: response bodies, frames, encoders, file chunks.
 *
 * **Not for** secrets, unless `zero: "put"`: a reused array holds the last user's bytes. Nor for arrays that are still
 * referred to when they are put back, by a view or a pending write: wait until the write has finished.
 *
 * **Concurrency.** One thread; an array that was transferred to another is rejected when it is put.
 *
 * @example
 * ```ts
 * import { BufferPool } from "ebbpool/bytes";
 *
 * const buffers = new BufferPool();
 * const body = buffers.get(1000);
 * console.log(body.length); // 1024
 * buffers.put(body);
 * ```
 */
export class BufferPool implements Disposable {
	readonly #name: string | undefined;
	readonly #maxLength: number;
	readonly #shelfOptions: { reset?: (array: Storage) => void; order?: PoolOrder; stats?: boolean };
	readonly #shelves: (Shelf | undefined)[];
	#disposed = false;
	#oversized = 0;
	#rejected = 0;

	/** @throws `ERR_POOL_OPTION` for an unknown option, a wrong type or a number out of range */
	constructor(options: BufferPoolOptions = {}) {
		expectOptions("BufferPool", options, OPTIONS);
		const { name, maxLength = 2 ** 20, zero, order, stats } = options;
		this.#name = name;
		this.#maxLength = maxLength;
		this.#shelves = new Array(classFor(maxLength) + 1).fill(undefined);
		this.#shelfOptions = {
			...(zero === "put" && { reset: (array: Storage) => void array.fill(0) }),
			...(order !== undefined && { order }),
			...(stats !== undefined && { stats }),
		};
	}

	get name(): string | undefined {
		return this.#name;
	}

	/** Longest array that is pooled, in bytes. */
	get maxLength(): number {
		return this.#maxLength;
	}

	/**
	 * Rents an array of at least `minLength` bytes. A fresh one is all zero; a reused one holds old bytes, unless the pool
	 * was made with `zero: "put"`.
	 *
	 * @param minLength - in bytes, an integer from 0 on
	 * @throws `ERR_POOL_RANGE` or `ERR_POOL_ARGUMENT` for anything else, or where there is not that much memory;
	 *   `ERR_POOL_DISPOSED` after the pool was disposed of
	 */
	get(minLength: number): Storage {
		// Only integers from 0 to 2^32 - 1 survive the conversion.
		if (minLength >>> 0 === minLength && minLength <= this.#maxLength) {
			const shelf = this.#shelves[classFor(minLength)];
			if (shelf !== undefined) return shelf.arrays.get();
		}
		return this.#getSlow(minLength);
	}

	#getSlow(minLength: number): Storage {
		expectInteger(minLength, 0, Number.MAX_SAFE_INTEGER);
		if (this.#disposed) {
			throw new PoolError("ERR_POOL_DISPOSED", "get: expected a buffer pool that is not disposed of");
		}
		if (minLength > this.#maxLength) {
			this.#oversized++;
			return makeArray(minLength);
		}
		return this.#open(classFor(minLength)).arrays.get();
	}

	#open(sizeClass: SizeClass): Shelf {
		const length = Math.min(lengthOf(sizeClass), this.#maxLength);
		const shelf = {
			length,
			arrays: new Pool({
				...this.#shelfOptions,
				name: `${this.#name ?? "BufferPool"}/${length}`,
				new: () => makeArray(length),
			}),
		};
		this.#shelves[sizeClass] = shelf;
		return shelf;
	}

	/**
	 * Gives an array back; the caller must not use it any more, nor any view of its memory. An array that no class holds is
	 * counted as rejected and dropped.
	 *
	 * @throws `ERR_POOL_ARGUMENT` for what is no `Uint8Array`
	 */
	put(array: Uint8Array): void {
		expectBytes(array);
		const { length } = array;
		if (length <= this.#maxLength && !this.#disposed) {
			const sizeClass = classFor(length);
			const shelf = this.#shelves[sizeClass] ?? this.#open(sizeClass);
			if (shelf.length === length && isWhole(array)) {
				shelf.arrays.put(array);
				return;
			}
		}
		this.#rejected++;
	}

	/** A snapshot of the counters. */
	stats(): BufferPoolStats {
		const classes = this.#opened().map(({ length, arrays }) => Object.freeze({ length, ...arrays.stats() }));
		return Object.freeze({
			name: this.#name,
			bytes: classes.reduce((sum, { length, local, victim }) => sum + length * (local + victim), 0),
			oversized: this.#oversized,
			rejected: this.#rejected,
			classes: Object.freeze(classes),
		});
	}

	/** Lets go of everything pooled now; arrays that are out are not touched. */
	clear(): void {
		for (const { arrays } of this.#opened()) arrays.clear();
	}

	/** Clears the pool for good: `get` throws from now on, a late `put` drops its array. */
	[Symbol.dispose](): void {
		this.#disposed = true;
		for (const { arrays } of this.#opened()) arrays[Symbol.dispose]();
	}

	#opened(): Shelf[] {
		return this.#shelves.filter((shelf) => shelf !== undefined);
	}
}
