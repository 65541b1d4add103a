import { PoolError } from "../base/errors.ts";
import { aBoolean, anInteger, aString, oneOf, readOptions } from "../base/rules.ts";
import { innerPool } from "../pool/inner-pool.ts";
import type { Pool } from "../pool/pool.ts";
import type { PoolOptions, PoolOrder, PoolStats } from "../pool/types.ts";
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
	/**
	 * Puts of arrays that no class holds: longer than `maxLength`, of another wrong length, part of a larger buffer,
	 * detached, resizable or shared; and puts into a pool that was disposed of.
	 */
	readonly rejected: number;
	/** The classes in use so far, the smallest first. */
	readonly classes: readonly SizeClassStats[];
}

const OPTIONS = {
	name: aString,
	maxLength: anInteger(1, MAX_LENGTH),
	zero: oneOf("put", false),
	order: oneOf("local-first", "victim-first" satisfies PoolOrder),
	stats: aBoolean,
};

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
	readonly #shelfOptions: PoolOptions<Storage>;
	/** By size class; there is one once its first array was got or put. */
	readonly #shelves: (Pool<Storage> | undefined)[];
	#disposed = false;
	#oversized = 0;
	#rejected = 0;

	/** @throws `ERR_POOL_OPTION` for an unknown option, a wrong type or a number out of range */
	constructor(options: BufferPoolOptions = {}) {
		const { name, maxLength = 2 ** 20, zero, order, stats } = readOptions("BufferPool", options, OPTIONS);
		this.#name = name;
		this.#maxLength = maxLength;
		this.#shelves = new Array(classFor(maxLength) + 1).fill(undefined);
		this.#shelfOptions = {
			reset: zero ? (array) => void array.fill(0) : undefined,
			order,
			stats,
		};
	}

	get name(): string | undefined {
		return this.#name;
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
		// Only integers from 0 to 2^32 - 1 survive the conversion, and only numbers can be converted without a throw.
		if (typeof minLength === "number" && minLength >>> 0 === minLength && minLength <= this.#maxLength) {
			const shelf = this.#shelves[classFor(minLength)];
			if (shelf !== undefined) return shelf.get();
		}
		return this.#getSlow(minLength);
	}

	#getSlow(minLength: number): Storage {
		expectInteger(minLength, 0);
		if (this.#disposed) {
			throw new PoolError("ERR_POOL_DISPOSED", "get: expected a buffer pool that is not disposed of");
		}
		if (minLength > this.#maxLength) {
			this.#oversized++;
			return makeArray(minLength);
		}
		return this.#shelf(classFor(minLength)).get();
	}

	#shelf(sizeClass: SizeClass): Pool<Storage> {
		const length = this.#lengthOf(sizeClass);
		this.#shelves[sizeClass] ??= innerPool({
			...this.#shelfOptions,
			name: this.#name === undefined ? undefined : `${this.#name}/${length}`,
			new: () => makeArray(length),
		});
		return this.#shelves[sizeClass];
	}

	#lengthOf(sizeClass: SizeClass): number {
		return Math.min(lengthOf(sizeClass), this.#maxLength);
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
			if (length === this.#lengthOf(sizeClass) && isWhole(array)) {
				this.#shelf(sizeClass).put(array);
				return;
			}
		}
		this.#rejected++;
	}

	/** A snapshot of the counters. */
	stats(): BufferPoolStats {
		const classes = this.#shelves.flatMap((shelf, sizeClass) => {
			const length = this.#lengthOf(sizeClass as SizeClass);
			return shelf === undefined ? [] : Object.freeze({ length, ...shelf.stats() });
		});
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
		for (const shelf of this.#shelves) shelf?.clear();
	}

	/** Clears the pool for good: `get` throws from now on, a late `put` drops its array. */
	[Symbol.dispose](): void {
		this.#disposed = true;
		for (const shelf of this.#shelves) shelf?.[Symbol.dispose]();
	}
}
