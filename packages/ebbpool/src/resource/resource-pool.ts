import { ResourcePool as BoundedPool } from "./bounded-pool.ts";
import type {
	AcquireOptions,
	DrainOptions,
	ResourceLease,
	ResourcePoolEvents,
	ResourcePoolOptions,
	ResourcePoolStats,
} from "./types.ts";

/**
 * A bounded, asynchronous pool of resources that must be opened and closed: database connections, sessions, browsers,
 * child processes.
 *
 * **Promises.** At most `max` are open. A resource is lent to one user at a time, and to those who wait in the order in
 * which they came. What a caller does not get, because it gave up at whatever moment, is there for the next. Every
 * resource that was created is destroyed once. No hook that fails or never settles holds up more than its own resource,
 * for longer than its timeout. A failed creation reaches who waits for it.
 *
 * **For** what is bounded in number, or must be closed in time. **Not for** memory: that is what `Pool` is for.
 *
 * **Concurrency.** One thread. Between `acquire` and `release` the resource is yours alone, across any number of awaits. A
 * caller that waits with a timeout keeps the process alive until then; an idle resource keeps it alive only by what it
 * is itself.
 *
 * @typeParam T - what is pooled
 *
 * @example
 * ```ts
 * import { ResourcePool } from "ebbpool/resource";
 *
 * let opened = 0;
 * const pool = new ResourcePool({ create: async () => ({ id: ++opened }), max: 2 });
 * console.log(await pool.use(async (connection) => connection.id)); // 1
 * await pool.drain();
 * ```
 */
export interface ResourcePool<T> extends AsyncDisposable {
	readonly name: string | undefined;
	/**
	 * Borrows a resource: an idle one, a new one, or the next that is given back. Rejects with `signal.reason`, with
	 * what `create` failed with, or with `ERR_POOL_TIMEOUT`, `ERR_POOL_QUEUE_FULL`, `ERR_POOL_DRAINED` or `ERR_POOL_OPTION`.
	 */
	acquire(options?: AcquireOptions): Promise<ResourceLease<T>>;
	/** Borrows an idle resource now; `undefined` if there is none, or if it would have to be validated first. */
	tryAcquire(): ResourceLease<T> | undefined;
	/** Closes the idle resources, or those that `choose` accepts, oldest first; resolves when they are closed. */
	closeIdle(choose?: (item: T) => boolean): Promise<void>;
	/** Runs `work` with a resource, which is released when the promise of `work` is settled, either way. */
	use<R>(work: (item: T) => R | PromiseLike<R>, options?: AcquireOptions): Promise<R>;
	/**
	 * Ends the pool: newcomers are rejected with `ERR_POOL_DRAINED`, those who wait are still served, and when everything
	 * was given back and closed, the promise is fulfilled. What is not back in time is destroyed under its user, and
	 * the promise rejected with `ERR_POOL_TIMEOUT`; nothing is open then either.
	 */
	drain(options?: DrainOptions): Promise<void>;
	/** As `drain()`. */
	[Symbol.asyncDispose](): Promise<void>;
	/** A snapshot of the counters. */
	stats(): ResourcePoolStats;
	/** Calls `listener` at each such event; returns what ends it. */
	on<K extends keyof ResourcePoolEvents<T>>(event: K, listener: ResourcePoolEvents<T>[K]): () => void;
}

export interface ResourcePoolConstructor {
	/** @throws `ERR_POOL_OPTION` for an unknown option, a wrong type or a number out of range */
	new <T>(options: ResourcePoolOptions<T>): ResourcePool<T>;
	readonly prototype: ResourcePool<unknown>;
}

export const ResourcePool: ResourcePoolConstructor = BoundedPool;
