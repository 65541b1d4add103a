import type { Signal } from "../base/signal.ts";

/** What is given to `create`. */
export interface CreateContext {
	/** Aborted when the creation took too long or is not wanted any more; pass it on to what connects. */
	readonly signal: Signal;
	/**
	 * Says that this resource broke, now or at any later time: idle, it is destroyed at once; leased, when it is released.
	 * May be called with the reason, as an `error` listener is.
	 */
	readonly retire: (reason?: unknown) => void;
}

/** Which of the idle resources is lent next: the one used last (the others may then expire), or the one idle for longest. */
export type ResourceOrder = "lifo" | "fifo";

/**
 * What a pool is made of. Durations are milliseconds; `Infinity` switches one off. Hooks may be synchronous or
 * return a promise.
 *
 * @typeParam T - what is pooled
 */
export interface ResourcePoolOptions<T> {
	/** Names the pool in its statistics and errors. */
	readonly name?: string | undefined;
	/** Opens a resource. What it throws reaches whoever waits, unless `retryCreate`. */
	readonly create: (context: CreateContext) => T | PromiseLike<T>;
	/** Closes a resource; called once for each. Its error goes to the `error` event. */
	readonly destroy?: ((item: T) => unknown) | undefined;
	/** Asked before an idle resource is lent again; anything but `true` means: destroy it. */
	readonly validate?: ((item: T) => boolean | PromiseLike<boolean>) | undefined;
	/** `true`: `validate` is also asked for a new resource; what it refuses then has not been created. Default `false`. */
	readonly validateNew?: boolean | undefined;
	/** Cleans a resource when it is released; if that fails, it is destroyed. */
	readonly reset?: ((item: T) => unknown) | undefined;
	/** Most resources open at a time, those being opened or closed included. Default 10. */
	readonly max?: number | undefined;
	/** So many are kept although they are idle. None is opened before it is wanted, unless `warm`. Default 0. */
	readonly min?: number | undefined;
	/** `true`: `min` are opened when the pool is made, and again whenever there are fewer. Default `false`. */
	readonly warm?: boolean | undefined;
	/** Most callers that may wait for others' resources; one more is rejected with `ERR_POOL_QUEUE_FULL`. Default 1,000. */
	readonly maxWaiting?: number | undefined;
	/** How long `acquire` waits before it is rejected with `ERR_POOL_TIMEOUT`. Default 30,000. */
	readonly acquireTimeout?: number | undefined;
	/** How long `create` may take; what it makes later is destroyed. Default 10,000. */
	readonly createTimeout?: number | undefined;
	/** How long `validate` may take before the answer is no. Default 5,000. */
	readonly validateTimeout?: number | undefined;
	/** How long `reset` may take before it has failed. Default 5,000. */
	readonly resetTimeout?: number | undefined;
	/** How long `destroy` may take before its place is given to another. Default 5,000. */
	readonly destroyTimeout?: number | undefined;
	/** How long {@link ResourcePool.drain} waits before it takes away what is still out. Default 30,000. */
	readonly drainTimeout?: number | undefined;
	/**
	 * `true`: a creation that failed is tried again for as long as somebody waits, each until his own deadline or signal;
	 * `false`: the failure reaches all who wait, where nothing is open that could be given back, else the first of them.
	 * Default `false`.
	 */
	readonly retryCreate?: boolean | undefined;
	/** The wait after a failed creation; doubles with each further failure, up to `maxRetryDelay`. Default 50. */
	readonly retryDelay?: number | undefined;
	/** The longest wait after a failed creation, unless `retryDelay` is longer. Default 1,000. */
	readonly maxRetryDelay?: number | undefined;
	/** An idle resource above `min` is destroyed after this time, a quarter of it later at most. Default 60,000. */
	readonly idleTimeout?: number | undefined;
	/** Destroys a resource this long after it was opened, or up to a tenth sooner, as soon as nobody uses it. Default 1,800,000. */
	readonly maxLifetime?: number | undefined;
	/** Destroys a resource that was lent so often. Default `Infinity`. */
	readonly maxUses?: number | undefined;
	/** Reports leases that last longer, with the stack of their `acquire`; the resource stays with its user. */
	readonly leaseTimeout?: number | undefined;
	/** `true`: idle resources above `min` are destroyed once they sat through two major collections. Default `false`. */
	readonly releaseOnGC?: boolean | undefined;
	/** Default `"lifo"`. */
	readonly order?: ResourceOrder | undefined;
}

export interface AcquireOptions {
	/** Gives up waiting; the promise is rejected with `signal.reason`. */
	readonly signal?: Signal | undefined;
	/** Milliseconds, instead of the pool's `acquireTimeout`. */
	readonly timeout?: number | undefined;
	/** Whose turn it is: 0, the default, before 1, and so on up to 99; among equals whoever came first. */
	readonly priority?: number | undefined;
}

export interface DrainOptions {
	/** Milliseconds, instead of the pool's `drainTimeout`. */
	readonly timeout?: number | undefined;
}

/** One resource on loan, to be used with `await using`: it goes back once, at the end of the block. */
export interface ResourceLease<T> extends AsyncDisposable {
	/** The resource; `ERR_POOL_RELEASED` once the lease has ended. */
	readonly item: T;
	/** Gives the resource back; resolves when it is clean, never rejects. Only the first call that ends the lease does anything. */
	release(): Promise<void>;
	/** Ends the lease and destroys the resource, because it is broken; resolves when that is over, never rejects. */
	discard(): Promise<void>;
}

/**
 * Why a resource was closed. The pool's own reasons: it was idle for too long, sat through two collections, was too old, was
 * lent often enough, was more than `max` or `min` asked for when that was changed, was to be drained. Its users': it broke,
 * was discarded, was cleared. A hook's: it was not valid any more, could not be reset.
 */
export type CloseReason =
	| "idle"
	| "memory"
	| "lifetime"
	| "uses"
	| "surplus"
	| "drained"
	| "retired"
	| "discarded"
	| "cleared"
	| "invalid"
	| "reset";

/** A lease that lasts longer than `leaseTimeout`. */
export interface LeakReport<T> {
	readonly item: T;
	/** Milliseconds since the lease began. */
	readonly heldFor: number;
	/** An error whose stack is that of the `acquire`. */
	readonly acquired: Error;
}

/** What failed, as the `error` event says it. */
export type FailedHook = "create" | "validate" | "reset" | "destroy" | "retire";

/**
 * What happens in a pool. Listeners are called synchronously, outside of any caller's async context; what they throw goes
 * where uncaught errors go. Times are milliseconds.
 */
export interface ResourcePoolEvents<T> {
	/** A hook failed, or a resource was retired with a reason. Nothing is thrown if nobody listens. */
	error: (error: unknown, during: FailedHook) => void;
	/** A resource was created, which took so long. */
	open: (item: T, took: number) => void;
	/** A resource is lent, to somebody who waited so long. */
	acquire: (item: T, waited: number) => void;
	/** A lease ended, before anything becomes of its resource; `held` is unknown if it began before anybody listened. */
	release: (item: T, held: number | undefined) => void;
	close: (item: T, reason: CloseReason) => void;
	/** If nobody listens, the report goes to `console.warn`. */
	leak: (report: LeakReport<T>) => void;
}

/** Callers that were rejected, by cause. */
export interface Rejections {
	readonly timeout: number;
	readonly aborted: number;
	readonly queueFull: number;
	readonly createFailed: number;
	readonly drained: number;
}

/**
 * A frozen snapshot. At every moment
 * `open = opening + idle + checking + inUse + resetting + closing` and
 * `opened = idle + checking + inUse + resetting + closing + the sum of closed`.
 */
export interface ResourcePoolStats {
	readonly name: string | undefined;
	/** The limits in force. */
	readonly max: number;
	readonly min: number;
	/** Places taken, `max` at most, unless that was lowered. */
	readonly open: number;
	readonly opening: number;
	readonly idle: number;
	/** Being validated. */
	readonly checking: number;
	/** Out on a lease. */
	readonly inUse: number;
	readonly resetting: number;
	readonly closing: number;
	/** Callers waiting now. */
	readonly waiting: number;
	/** Leases so far. */
	readonly acquired: number;
	/** Leases that had to wait. */
	readonly waited: number;
	/** Milliseconds that they waited, in all. */
	readonly waitTime: number;
	/** Callers that were rejected, by cause. */
	readonly rejected: Rejections;
	/** Resources opened so far. */
	readonly opened: number;
	/** Creations that failed. */
	readonly openFailed: number;
	/** Resources closed so far, by reason. */
	readonly closed: Readonly<Record<CloseReason, number>>;
	/** Reports of leases that lasted too long. */
	readonly leaks: number;
}
