import { brand } from "../base/brand.ts";
import { disposeSymbol } from "../base/dispose-symbols.ts";
import { expectEngine } from "../base/engine.ts";
import { disposed, inNameOf } from "../base/errors.ts";
import { inspectSymbol } from "../base/inspect-symbol.ts";
import { instrument } from "../base/instrument.ts";
import { listPool } from "../base/pool-list.ts";
import {
	aBoolean,
	aDuration,
	aFunction,
	anInteger,
	aString,
	expectValue,
	oneOf,
	readOptions,
} from "../base/rules.ts";
import { follow, isThenable } from "../base/thenable.ts";
import { innerPool } from "../pool/inner-pool.ts";
import { PoolLease } from "../pool/lease.ts";
import type { Pool } from "../pool/pool.ts";
import type { Lease, PoolOptions, PoolOrder, PoolStats } from "../pool/types.ts";
import { argumentError, expectInteger, isBytes } from "./expect.ts";
import { isWhole, makeArray } from "./pooled-array.ts";
import { classFor, lengthOf, MAX_LENGTH, type SizeClass } from "./size-classes.ts";
import type { Storage } from "./storage.ts";
import { EMPTY } from "./storage-source.ts";

export interface BufferPoolOptions {
	/** Names the pool in its statistics and reports. */
	readonly name?: string | undefined;
	/** Longest array that is pooled, in bytes, up to 2^30; longer ones are allocated and dropped. Default 1 MiB. */
	readonly maxLength?: number | undefined;
	/** `"put"`: arrays are filled with zeros when they come back. Default `false`: a reused array holds old bytes. */
	readonly zero?: "put" | false | undefined;
	/** Which generation `get` looks into first; default `"local-first"`. */
	readonly order?: PoolOrder | undefined;
	/** Milliseconds that an idle array lives at least, as in `Pool`; default: the thread's, `configure({ minAge })`. */
	readonly minAge?: number | undefined;
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
	/** Arrays given to `discard`, and those whose memory was taken away while they lay in the pool. */
	readonly discarded: number;
	/**
	 * Arrays that were got and have not come back, put or discarded: a forgotten put makes it grow. `undefined` unless the
	 * pool was made with `stats: true`. What is put that was never got counts as come back.
	 */
	readonly out: number | undefined;
	/** The classes in use so far, the smallest first. */
	readonly classes: readonly SizeClassStats[];
}

const OPTIONS = {
	name: aString,
	maxLength: anInteger(1, MAX_LENGTH),
	zero: oneOf("put", false),
	order: oneOf("local-first", "victim-first" satisfies PoolOrder),
	minAge: aDuration(0),
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
	readonly #maxLength: number = 2 ** 20;
	readonly #shelfOptions: PoolOptions<Storage> = {};
	/** By size class; there is one once its first array was got or put. */
	readonly #shelves: (Pool<Storage> | undefined)[] = [];
	#disposed = false;
	#oversized = 0;
	#rejected = 0;
	/** Discarded arrays that no class holds. */
	#discarded = 0;

	/** @throws `ERR_POOL_OPTION` for an unknown option, a wrong type or a number out of range */
	constructor(options: BufferPoolOptions = {}) {
		if (new.target === BufferPool && instrument.wrap) {
			// biome-ignore lint/correctness/noConstructorReturn: the instrumented pool is one of a subclass.
			return new (instrument.wrap("BufferPool", BufferPool))(options);
		}
		const watched = instrument.adopt?.("BufferPool", BufferPool, options, new.target);
		// biome-ignore lint/correctness/noConstructorReturn: likewise.
		if (watched !== undefined) return watched;
		if (EMPTY === undefined) expectEngine("BufferPool", "ArrayBuffer", "Uint8Array");
		const {
			name,
			maxLength = 2 ** 20,
			zero,
			order,
			minAge,
			stats,
		} = readOptions("BufferPool", options, OPTIONS);
		this.#name = name;
		this.#maxLength = maxLength;
		this.#shelves = new Array(classFor(maxLength) + 1).fill(undefined);
		this.#shelfOptions = {
			reset: zero ? (array) => void array.fill(0) : undefined,
			order,
			minAge,
			stats,
		};
		listPool("BufferPool", this);
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
			if (shelf !== undefined) {
				const array = shelf.get();
				if (array.length > 0) return array;
				shelf.discard(array);
			}
		}
		return this.#getSlow(minLength);
	}

	#getSlow(minLength: number): Storage {
		expectInteger("BufferPool.get: minLength", minLength, 0);
		if (this.#disposed) throw disposed("BufferPool.get");
		if (minLength > this.#maxLength) {
			const array = makeArray(minLength, "BufferPool.get");
			this.#oversized++;
			instrument.publish?.("buffers:overflow", this.#name, minLength);
			return array;
		}
		const shelf = this.#shelf(classFor(minLength));
		for (;;) {
			const array = shelf.get();
			if (array.length > 0) return array;
			// Its memory was taken away while it lay here: it was transferred, or is WebAssembly's, which has grown.
			shelf.discard(array);
		}
	}

	#shelf(sizeClass: SizeClass): Pool<Storage> {
		const length = this.#lengthOf(sizeClass);
		this.#shelves[sizeClass] ??= innerPool({
			...this.#shelfOptions,
			name: this.#name === undefined ? undefined : `${this.#name}/${length}`,
			new: () => makeArray(length, "BufferPool.get"),
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
		const shelf = this.#shelfFor(array, "put");
		if (shelf === undefined) this.#rejected++;
		else shelf.put(array as Storage);
	}

	/** Says that an array will not come back, as somebody else has it now. */
	discard(array: Uint8Array): void {
		const shelf = this.#shelfFor(array, "discard");
		if (shelf === undefined) this.#discarded++;
		else shelf.discard(array as Storage);
	}

	/** Rents an array for the length of a block: `using lease = pool.lease(1000)`. */
	lease(minLength: number): Lease<Storage> {
		return this.#lend("BufferPool.lease", minLength);
	}

	#lend(method: string, minLength: number): Lease<Storage> {
		try {
			return new PoolLease<Storage>({
				get: () => this.get(minLength),
				put: (array) => this.put(array),
				discard: (array) => this.discard(array),
			});
		} catch (error) {
			throw inNameOf(method, "BufferPool.get", error);
		}
	}

	/**
	 * Runs `work` with an array of at least `minLength` bytes and puts it back when it is over, whether it returned or
	 * threw; if it returned a promise, when that is settled.
	 *
	 * @returns what `work` returned
	 */
	use<R>(minLength: number, work: (array: Storage) => PromiseLike<R>): Promise<R>;
	use<R>(minLength: number, work: (array: Storage) => R): R;
	use<R>(minLength: number, work: (array: Storage) => R): R | Promise<Awaited<R>> {
		expectValue("ERR_POOL_ARGUMENT", "BufferPool.use: work", work, aFunction);
		const lease = this.#lend("BufferPool.use", minLength);
		let pending = false;
		try {
			const result = work(lease.item);
			pending = isThenable(result);
			return pending ? follow(result).finally(() => lease.release()) : result;
		} finally {
			if (!pending) lease.release();
		}
	}

	/** The class that an array may go to; `undefined` if there is none for it, or the pool was disposed of. */
	#shelfFor(array: Uint8Array, method: string): Pool<Storage> | undefined {
		if (!isBytes(array)) throw argumentError(`BufferPool.${method}: array`, array, "a Uint8Array");
		const { length } = array;
		if (length > this.#maxLength || this.#disposed) return undefined;
		const sizeClass = classFor(length);
		const fits = length === this.#lengthOf(sizeClass) && isWhole(array);
		return fits ? (this.#shelves[sizeClass] ?? this.#shelf(sizeClass)) : undefined;
	}

	/** A snapshot of the counters. */
	stats(): BufferPoolStats {
		const classes = this.#shelves.flatMap((shelf, sizeClass) => {
			const length = this.#lengthOf(sizeClass as SizeClass);
			return shelf === undefined ? [] : Object.freeze({ length, ...shelf.stats() });
		});
		const sum = (count: (each: SizeClassStats) => number) =>
			classes.reduce((total, each) => total + count(each), 0);
		const back = this.#rejected + this.#discarded;
		return Object.freeze({
			name: this.#name,
			bytes: sum(({ length, local, victim }) => length * (local + victim)),
			oversized: this.#oversized,
			rejected: this.#rejected,
			discarded: this.#discarded + sum(({ discarded }) => discarded),
			out: this.#shelfOptions.stats ? this.#oversized - back + sum(outOf) : undefined,
			classes: Object.freeze(classes),
		});
	}

	/** Lets go of everything pooled now; arrays that are out are not touched. */
	clear(): void {
		for (const shelf of this.#shelves) shelf?.clear();
	}

	/** Clears the pool for good: `get` throws from now on, a late `put` drops its array. */
	[disposeSymbol](): void {
		this.#disposed = true;
		for (const shelf of this.#shelves) shelf?.[disposeSymbol]();
	}

	[inspectSymbol](): string {
		const { name, bytes, classes } = this.stats();
		const arrays = classes.reduce((sum, { local, victim }) => sum + local + victim, 0);
		return `BufferPool(${name === undefined ? "" : `${JSON.stringify(name)}, `}${arrays} arrays, ${bytes} bytes)`;
	}
}

brand(BufferPool, "BufferPool");

const outOf = ({ gets = 0, puts = 0, discarded }: SizeClassStats) => gets - puts - discarded;
