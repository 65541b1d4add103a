import { brand } from "../base/brand.ts";
import { Pool as LocalPool } from "./local-pool.ts";
import type { Lease, PoolOptions, PoolStats } from "./types.ts";

/**
 * A pool of temporary items: Go's `sync.Pool` for one JavaScript thread.
 *
 * **Promises.** `get` returns an item that nobody else has, or a new one. An item that nobody takes lives through one
 * major garbage collection and is gone with the second. Hooks that throw lose nothing and leak nothing.
 *
 * **For** items that are expensive to make and wanted often: buffers, encoders, compression contexts, large arrays.
 *
 * **Not for** small objects (V8 makes them in about 5 ns), for caching (the pool forgets at any time), for resources that
 * must be closed in time or bounded in number (connections), or for sharing between threads.
 *
 * **Concurrency.** One thread. Between `get` and `put` the item is yours, across any number of awaits; after `put` it
 * must not be touched.
 *
 * @typeParam T - what the pool holds
 * @typeParam Empty - what `get` returns from an empty pool without `new`: `undefined`, or `never` with `new`
 */
export interface Pool<T, Empty = never> extends Disposable {
	readonly name: string | undefined;
	/** Makes an item when the pool has none; may be assigned later. `ERR_POOL_OPTION` unless a function or `undefined`. */
	"new": (() => T) | undefined;
	/**
	 * Takes an item: from the local generation, else from the victim generation, else from `new`; order within a
	 * generation is not specified. `ERR_POOL_DISPOSED` after the pool was disposed of.
	 */
	get(): T | Empty;
	/** Gives an item back; `undefined` and `null` are ignored. The caller must not use the item any more. */
	put(item: T | null | undefined): void;
	/** Says that an item, got or found, will not come back: it is disposed of and counted. */
	discard(item: T | null | undefined): void;
	/** Takes an item for the length of a block: `using lease = pool.lease()`. */
	lease(): Lease<T | Empty>;
	/**
	 * Runs `work` with an item and puts the item back when it is over, whether it returned or threw; if it returned a
	 * promise, when that is settled.
	 *
	 * @returns what `work` returned
	 */
	use<R>(work: (item: T | Empty) => PromiseLike<R>): Promise<R>;
	use<R>(work: (item: T | Empty) => R): R;
	/** A snapshot of the counters. */
	stats(): PoolStats;
	/** Lets go of everything pooled now; items that are out are not touched. */
	clear(): void;
	/** Clears the pool for good: `get` throws from now on, a late `put` disposes of its item. */
	[Symbol.dispose](): void;
}

/** The constructor of {@link Pool}: with `new`, `get` always returns a `T`; without, `undefined` when the pool is empty. */
export interface PoolConstructor {
	new <T>(make: () => T): Pool<T>;
	new <T>(options: PoolOptions<T> & { readonly new: () => T }): Pool<T>;
	new <T>(options?: PoolOptions<T>): Pool<T, undefined>;
	readonly prototype: Pool<unknown, unknown>;
}

export const Pool: PoolConstructor = LocalPool as unknown as PoolConstructor;
brand(Pool, "Pool");
