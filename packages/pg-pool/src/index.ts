import type { AcquireOptions, LeakReport, ResourcePool, ResourcePoolStats } from "ebbpool/resource";
import type * as pg from "pg";
import { Pool as PoolClass } from "./pool.ts";

/** The types are those of `@types/pg-pool`, and what this pool has besides. */
interface Pool<T extends pg.Client = pg.Client> extends pg.Pool, AsyncDisposable {
	readonly Client: Pool.ClientLikeCtr<T>;
	/** The pool behind it, for signals, deadlines, events and statistics. */
	readonly resources: ResourcePool<T>;
	connect(): Promise<T & pg.PoolClient>;
	/** Gives up waiting by a signal, or after another time than `connectionTimeoutMillis`. */
	connect(options: AcquireOptions): Promise<T & pg.PoolClient>;
	connect(
		// biome-ignore lint/suspicious/noExplicitAny: as in @types/pg-pool
		callback: (err?: Error, client?: T & pg.PoolClient, done?: (release?: any) => void) => void,
	): void;
	on(event: "leak", listener: (report: LeakReport<T>) => void): this;
	on<K extends "error" | "release" | "connect" | "acquire" | "remove">(
		event: K,
		listener: K extends "error" | "release"
			? (err: Error, client: T & pg.PoolClient) => void
			: (client: T & pg.PoolClient) => void,
	): this;
	/** Everything that it counts, in one frozen snapshot. */
	stats(): ResourcePoolStats;
}

interface PoolConstructor {
	new <T extends pg.Client = pg.Client>(config?: Pool.Config<T>, client?: Pool.ClientLikeCtr<T>): Pool<T>;
	readonly prototype: Pool;
}

// biome-ignore lint/style/noNamespace: where a CommonJS module that is a class keeps its types
namespace Pool {
	export type ClientLikeCtr<T extends pg.Client> = new (config?: string | pg.ClientConfig) => T;

	export interface Config<T extends pg.Client> extends pg.PoolConfig {
		Client?: ClientLikeCtr<T> | undefined;
		/** Makes a client that is not connected yet; instead of `Client`. */
		client?: (() => T) | undefined;
		/**
		 * `true`: each loan has an object of its own, whose `release` ends this loan and no other; by default it is the client
		 * itself, as in pg-pool.
		 */
		handles?: boolean | undefined;
		/** Names the pool in its statistics and errors. */
		name?: string | undefined;
		/** Most callers that may wait for others' clients; one more is rejected with `ERR_POOL_QUEUE_FULL`. Default `Infinity`. */
		maxWaiting?: number | undefined;
		/** Milliseconds after which a client that is still out is reported: by the event `leak`, or to the console. Default none. */
		leaseTimeout?: number | undefined;
		/** Milliseconds that a client may take to end before it is cut. Default 5,000. */
		destroyTimeout?: number | undefined;
		/** Milliseconds after which `end` closes the clients that are still out, and rejects. Default `Infinity`. */
		drainTimeout?: number | undefined;
		/** The wait after a failed connection before the next attempt, in milliseconds; doubles up to `maxRetryDelay`. Default 10. */
		retryDelay?: number | undefined;
		/** Default 100. */
		maxRetryDelay?: number | undefined;
	}
}

const Pool: PoolConstructor = PoolClass as unknown as PoolConstructor;

export = Pool;
