/** Which generation `get` looks into first. */
export type PoolOrder = "local-first" | "victim-first";

/**
 * What a pool is made of. Every hook is synchronous: one that returns a promise is an `ERR_POOL_HOOK`.
 *
 * @typeParam T - what the pool holds
 */
export interface PoolOptions<T> {
	/** Names the pool in its statistics and reports. */
	readonly name?: string | undefined;
	/** Makes an item when the pool has none. What it throws reaches the caller of `get`. */
	readonly new?: (() => T) | undefined;
	/** Cleans an item on its way in. If it throws, the item is disposed of and the error reaches the caller of `put`. */
	readonly reset?: ((item: T) => void) | undefined;
	/** Asked after `reset`; anything but `true` means: do not pool this item, dispose of it. */
	readonly keep?: ((item: T) => boolean) | undefined;
	/** Runs for what the pool lets go of: once for each put that is not got again, and for rejected and discarded items. */
	readonly dispose?: ((item: T) => void) | undefined;
	/** `"local-first"` (the default, as in Go) or `"victim-first"`, which keeps a pool at its peak for longer. */
	readonly order?: PoolOrder | undefined;
	/**
	 * Milliseconds that an item which nobody takes lives at least after the first major collection that it sees; 0: it goes
	 * with the second. Default: the thread's, `configure({ minAge })`.
	 */
	readonly minAge?: number | undefined;
	/** `true`: also count gets, hits, puts and what is out exactly. Costs a few nanoseconds a call; default `false`. */
	readonly stats?: boolean | undefined;
}

/**
 * A frozen snapshot of a pool's counters, in items. Where everything is counted,
 * `gets = hits + victimHits + misses` and
 * `puts = hits + victimHits + rejected + evicted + cleared + local + victim`.
 */
export interface PoolStats {
	readonly name: string | undefined;
	/** Calls of `get`; `undefined` unless the pool was made with `stats: true`. */
	readonly gets: number | undefined;
	/** Gets served from the local generation; `undefined` unless the pool was made with `stats: true`. */
	readonly hits: number | undefined;
	/**
	 * Items got and not yet put or discarded; one that was put although none was out counts as a new one. `undefined`
	 * unless the pool was made with `stats: true`. A number that only grows tells of forgotten puts.
	 */
	readonly out: number | undefined;
	/** Gets served from the victim generation. */
	readonly victimHits: number;
	/** Gets that found the pool empty. */
	readonly misses: number;
	/** Calls of `put` with an item; `undefined` unless the pool was made with `stats: true`. */
	readonly puts: number | undefined;
	/** Puts that the pool did not take: `keep` said no, a hook failed, or the pool was disposed of. */
	readonly rejected: number;
	/** Items given to `discard`. */
	readonly discarded: number;
	/** Items let go of because nobody took them for two collections, and for `minAge`. */
	readonly evicted: number;
	/** Items let go of by `clear` or by disposing of the pool. */
	readonly cleared: number;
	/** Calls of the `dispose` hook. */
	readonly disposed: number;
	/** Items in the local generation now. */
	readonly local: number;
	/** Items in the victim generation now. */
	readonly victim: number;
}

/**
 * One item on loan, to be used with `using`: it goes back to its pool once, at the end of the block.
 *
 * @example
 * ```ts
 * import { Pool } from "ebbpool";
 *
 * const lists = new Pool({ new: () => [] as number[], reset: (list) => { list.length = 0; } });
 * {
 *   using lease = lists.lease();
 *   lease.item.push(1, 2, 3);
 * } // put back here, also when the block throws
 * ```
 */
export interface Lease<T> extends Disposable {
	/** The item; `ERR_POOL_RELEASED` once the lease has ended. */
	readonly item: T;
	/** Puts the item back. Only the first of all calls that end the lease does anything. */
	release(): void;
	/** Ends the lease without putting the item back, as `pool.discard` does. */
	discard(): void;
}
