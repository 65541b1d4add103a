import { brand } from "../base/brand.ts";
import { asyncDisposeSymbol } from "../base/dispose-symbols.ts";
import { expectEngine } from "../base/engine.ts";
import { inNameOf, PoolError } from "../base/errors.ts";
import { inspectSymbol } from "../base/inspect-symbol.ts";
import { instrument, type PoolClass } from "../base/instrument.ts";
import { listPool } from "../base/pool-list.ts";
import { aFunction, expectValue, oneOf } from "../base/rules.ts";
import { BoundedPool } from "./bounded-pool.ts";
import { readAcquireOptions } from "./settings.ts";
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
	/** Most resources open at a time; may be changed: what is too much is closed as soon as nobody uses it. */
	max: number;
	/** So many are kept although they are idle; may be changed. */
	min: number;
	/**
	 * Borrows a resource: an idle one, a new one, or the next that is given back. Rejects with `signal.reason`, with
	 * what `create` failed with, or with `ERR_POOL_TIMEOUT`, `ERR_POOL_QUEUE_FULL`, `ERR_POOL_DRAINED` or `ERR_POOL_OPTION`.
	 */
	acquire(options?: AcquireOptions): Promise<ResourceLease<T>>;
	/** Borrows an idle resource at once, if there is one that needs no `validate` and nobody waits. */
	tryAcquire(): ResourceLease<T> | undefined;
	/** Runs `work` with a resource, which is released when the promise of `work` is settled, either way. */
	use<R>(work: (item: T) => R | PromiseLike<R>, options?: AcquireOptions): Promise<R>;
	/** Opens what is missing up to `min`; rejects with what a creation failed with. */
	warmUp(): Promise<void>;
	/** Closes what is idle now, or what of it `choose` returns something truthy for; resolves when that is done. */
	clear(choose?: (item: T) => unknown): Promise<void>;
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
	/** Calls `listener` at each such event; returns what ends it. `ERR_POOL_ARGUMENT` for an event that there is not. */
	on<K extends keyof ResourcePoolEvents<T>>(event: K, listener: ResourcePoolEvents<T>[K]): () => void;
	/** Calls `listener` at the next such event; returns what ends it. */
	once<K extends keyof ResourcePoolEvents<T>>(event: K, listener: ResourcePoolEvents<T>[K]): () => void;
	/** Ends what `on` or `once` began with this listener, the last one first. */
	off<K extends keyof ResourcePoolEvents<T>>(event: K, listener: ResourcePoolEvents<T>[K]): void;
}

export interface ResourcePoolConstructor {
	/** @throws `ERR_POOL_OPTION` for an unknown option, a wrong type or a number out of range */
	new <T>(options: ResourcePoolOptions<T>): ResourcePool<T>;
	readonly prototype: ResourcePool<unknown>;
}

/** Of other pools, and what this one calls it. */
const EVENTS_ELSEWHERE: Readonly<Record<string, string>> = {
	connect: "open",
	remove: "close",
	factoryCreateError: "error",
};

const anEvent = oneOf("error", "open", "acquire", "release", "close", "leak");

/** The public face of a {@link BoundedPool}: whoever has it can do no harm to the parts behind it. */
export const ResourcePool: ResourcePoolConstructor = class ResourcePool<T> {
	readonly #pool!: BoundedPool<T>;

	constructor(options: ResourcePoolOptions<T>, ...others: unknown[]) {
		if (new.target === ResourcePool && instrument.wrap) {
			const Watched = instrument.wrap("ResourcePool", ResourcePool as PoolClass) as typeof ResourcePool;
			// biome-ignore lint/correctness/noConstructorReturn: the seam for checks, see instrument.ts.
			return new Watched(options, ...others);
		}
		const adopted = instrument.adopt?.("ResourcePool", ResourcePool as PoolClass, options, new.target);
		// biome-ignore lint/correctness/noConstructorReturn: likewise.
		if (adopted !== undefined) return adopted as ResourcePool<T>;
		if (others.length > 0) {
			const message = `ResourcePool: expected one object of options, got ${others.length + 1} arguments; write new ResourcePool({ create, destroy, max: … })`;
			throw new PoolError("ERR_POOL_OPTION", message);
		}
		expectEngine("ResourcePool", "Promise", "Map", "Set", "WeakMap", "WeakSet", "Float64Array");
		this.#pool = new BoundedPool(options);
		listPool("ResourcePool", this);
	}

	get name(): string | undefined {
		return this.#pool.settings.name;
	}

	get max(): number {
		return this.#pool.settings.max;
	}

	set max(value: number) {
		this.#pool.setLimit("max", value);
	}

	get min(): number {
		return this.#pool.settings.min;
	}

	set min(value: number) {
		this.#pool.setLimit("min", value);
	}

	acquire(options?: AcquireOptions): Promise<ResourceLease<T>> {
		return this.#pool.acquire(options);
	}

	tryAcquire(): ResourceLease<T> | undefined {
		return this.#pool.tryAcquire();
	}

	async use<R>(work: (item: T) => R | PromiseLike<R>, options?: AcquireOptions): Promise<R> {
		expectValue("ERR_POOL_ARGUMENT", "ResourcePool.use: work", work, aFunction);
		let lease: ResourceLease<T>;
		try {
			lease = await this.acquire(options && readAcquireOptions(options, "use"));
		} catch (error) {
			// What a hook threw may be another pool's, and stays in its name.
			const ours = this.#pool.waiters.told.has(error as object);
			throw ours ? inNameOf("ResourcePool.use", "ResourcePool.acquire", error) : error;
		}
		try {
			return await work(lease.item);
		} finally {
			await lease.release();
		}
	}

	warmUp(): Promise<void> {
		return this.#pool.warmUp();
	}

	async clear(choose: (item: T) => unknown = () => true): Promise<void> {
		expectValue("ERR_POOL_ARGUMENT", "ResourcePool.clear: choose", choose, aFunction);
		await this.#pool.shelf.clear(choose);
	}

	drain(options?: DrainOptions): Promise<void> {
		return this.#pool.drain(options);
	}

	[asyncDisposeSymbol](): Promise<void> {
		return this.drain();
	}

	on<K extends keyof ResourcePoolEvents<T>>(event: K, listener: ResourcePoolEvents<T>[K]): () => void {
		return this.#listen("on", event, listener);
	}

	once<K extends keyof ResourcePoolEvents<T>>(event: K, listener: ResourcePoolEvents<T>[K]): () => void {
		return this.#listen("once", event, listener);
	}

	#listen<K extends keyof ResourcePoolEvents<T>>(
		method: "on" | "once",
		event: K,
		listener: ResourcePoolEvents<T>[K],
	): () => void {
		expectEvent(method, event, listener);
		return this.#pool.news.add(event, listener, method === "once");
	}

	off<K extends keyof ResourcePoolEvents<T>>(event: K, listener: ResourcePoolEvents<T>[K]): void {
		expectEvent("off", event, listener);
		this.#pool.news.remove(event, listener);
	}

	stats(): ResourcePoolStats {
		return this.#pool.stats();
	}

	/** What Node, Bun and Deno print. */
	[inspectSymbol](): string {
		return `ResourcePool { ${this.#pool.describe()} }`;
	}
};
brand(ResourcePool, "ResourcePool");

function expectEvent(method: string, event: unknown, listener: unknown): void {
	const { expected, accepts } = anEvent;
	const here = Object.entries(EVENTS_ELSEWHERE).find(([theirs]) => theirs === event)?.[1];
	const hint = here === undefined ? expected : `${expected} (what others call ${event} is "${here}" here)`;
	expectValue("ERR_POOL_ARGUMENT", `ResourcePool.${method}: event`, event, { expected: hint, accepts });
	expectValue("ERR_POOL_ARGUMENT", `ResourcePool.${method}: listener`, listener, aFunction);
}
