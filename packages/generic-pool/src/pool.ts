import { EventEmitter } from "node:events";
import { PoolError, type ResourceLease, ResourcePool, type ResourcePoolStats } from "ebbpool/resource";
import { Eviction } from "./eviction.ts";
import type { Evictor } from "./evictor.ts";
import { checkFactory, type Factory, type Options, type Settings, settingsOf } from "./options.ts";
import { PooledResource } from "./pooled-resource.ts";
import { TimeoutError } from "./timeout-error.ts";

/** The pauses after failed creations, in milliseconds; generic-pool tries again at once, without end. */
const FIRST_RETRY = 10;
const LONGEST_RETRY = 1_000;
const MOST_PRIORITIES = 100;

/** A resource that is open. */
interface Member<T> {
	/** What evictors are shown of it. */
	readonly pooled: PooledResource<T>;
	/** While it is out. */
	lease: ResourceLease<T> | undefined;
}

/** generic-pool's `Pool` on a {@link ResourcePool}. */
export class Pool<T> extends EventEmitter {
	/** The pool behind it. */
	readonly resources: ResourcePool<T>;
	readonly _config: Settings;
	/** @internal The timer of the next run of the evictor. */
	_scheduledEviction: NodeJS.Timeout | null = null;
	readonly #factory: Factory<T>;
	readonly #promise: PromiseConstructor;
	readonly #eviction: Eviction<T>;
	/** Whether an evictor ever looks at what resources say of themselves: it takes a quarter of a loan to keep that true. */
	readonly #evicts: boolean;
	readonly #members = new Map<T, Member<T>>();
	#draining = false;
	#started = false;
	/** What somebody waits for to become true. */
	readonly #awaited = new Set<{ readonly isTrue: () => boolean; readonly resolve: () => void }>();

	/**
	 * @param EvictorClass - decides what is idle for too long
	 * @param _dequeClass - generic-pool's place for what is idle; this pool has its own
	 * @param _priorityQueueClass - generic-pool's queue of those who wait; this pool has its own
	 */
	constructor(
		EvictorClass: new () => Evictor<T>,
		_dequeClass: unknown,
		_priorityQueueClass: unknown,
		factory: Factory<T>,
		options?: Options,
	) {
		super();
		checkFactory(factory as Factory<never>);
		const config = settingsOf(options);
		const { max, min, fifo, testOnBorrow, softIdleTimeoutMillis, idleTimeoutMillis } = config;
		this._config = config;
		this.#factory = factory;
		this.#promise = config.Promise;
		this.resources = new ResourcePool<T>({
			name: config.name,
			leaseTimeout: config.leaseTimeout,
			max,
			maxWaiting: Number.POSITIVE_INFINITY,
			create: async () => factory.create(),
			destroy: (resource) => this.#factory.destroy(resource),
			validate: testOnBorrow && factory.validate ? (resource) => this.#validate(resource) : undefined,
			validateNew: true,
			validateTimeout: Number.POSITIVE_INFINITY,
			acquireTimeout: limit(config.acquireTimeoutMillis),
			createTimeout: Number.POSITIVE_INFINITY,
			destroyTimeout: limit(config.destroyTimeoutMillis),
			idleTimeout: Number.POSITIVE_INFINITY,
			maxLifetime: Number.POSITIVE_INFINITY,
			order: fifo ? "fifo" : "lifo",
			// Set to what the options say as long as the pool is started and not drained.
			min: 0,
			warm: true,
			retryCreate: true,
			retryDelay: FIRST_RETRY,
			maxRetryDelay: LONGEST_RETRY,
		});
		const evictionConfig = { softIdleTimeoutMillis, idleTimeoutMillis, min };
		this.#evicts = config.evictionRunIntervalMillis > 0;
		this.#eviction = new Eviction(new EvictorClass(), evictionConfig, config.numTestsPerEvictionRun);
		this.#listen();
		if (config.autostart) this.start();
	}

	#listen(): void {
		this.resources.on("open", (resource) => {
			const pooled = new PooledResource(resource);
			pooled.idle();
			this.#members.set(resource, { pooled, lease: undefined });
			this.#look();
		});
		this.resources.on("close", (resource) => {
			this.#members.delete(resource);
			this.#look();
		});
		this.resources.on("error", (error, during) => {
			if (during === "create") this.emit("factoryCreateError", error);
			else if (during === "destroy") this.emit("factoryDestroyError", lateDestroy(error));
			this.#look();
		});
		this.resources.on("leak", (report) => {
			if (!this.emit("leak", report)) console.warn(report.acquired);
		});
	}

	/** As generic-pool reads the answer: anything but `false` is good. */
	async #validate(resource: T): Promise<boolean> {
		this.#members.get(resource)?.pooled.test();
		return (await this.#factory.validate?.(resource)) !== false;
	}

	start(): void {
		if (this.#draining || this.#started) return;
		this.#started = true;
		this.#scheduleEviction();
		this.resources.min = Math.max(0, this.min);
	}

	#scheduleEviction(): void {
		if (!this.#evicts) return;
		this._scheduledEviction = setTimeout(() => {
			this.#evict();
			this.#scheduleEviction();
		}, this._config.evictionRunIntervalMillis);
		this._scheduledEviction.unref();
	}

	#evict(): void {
		const evicts = this.#eviction.run(this.available);
		void this.resources.clear((resource) => evicts((this.#members.get(resource) as Member<T>).pooled));
	}

	/** @param priority - from 0, which is served first, up to `priorityRange` */
	acquire(priority?: number): Promise<T> {
		if (!this.#started && !this._config.autostart) this.start();
		if (this.#draining) return this.#refuse("pool is draining and cannot accept work");
		const { maxWaitingClients, acquireTimeoutMillis } = this._config;
		if (acquireTimeoutMillis !== undefined && acquireTimeoutMillis <= 0) {
			throw new Error("delay must be a positive int");
		}
		const lease = this.resources.tryAcquire();
		if (lease !== undefined) return this.#promise.resolve(this.#lend(lease));
		if (
			maxWaitingClients !== undefined &&
			this.spareResourceCapacity < 1 &&
			this.available < 1 &&
			this.pending >= maxWaitingClients
		) {
			return this.#refuse("max waitingClients count exceeded");
		}
		const wanted = this.#priority(priority);
		return this.#as(
			// Without options it is the fast way.
			this.resources.acquire(wanted === 0 ? undefined : { priority: wanted }).then(this.#lend, this.#refused),
		);
	}

	/** As generic-pool reads it: whoever asks for one that there is not comes last. */
	#priority(given: number | undefined): number {
		const wanted = (given && +given | 0) || 0;
		const last = Math.min(Math.max(this._config.priorityRange | 0, 1), MOST_PRIORITIES) - 1;
		return wanted < 0 || wanted > last ? last : wanted;
	}

	/** Both are made once: two functions for each who waits are more for the collector to move. */
	readonly #lend = (lease: ResourceLease<T>): T => {
		const resource = lease.item;
		const member = this.#members.get(resource) as Member<T>;
		member.lease = lease;
		if (this.#evicts) member.pooled.allocate();
		return resource;
	};

	readonly #refused = (error: unknown): never => {
		this.#look();
		throw told(error);
	};

	/** Runs `fn` with a resource, which is destroyed if that fails. */
	use<U>(fn: (resource: T) => U | PromiseLike<U>, priority?: number): Promise<U> {
		return this.#as(this.#use(fn, priority));
	}

	async #use<U>(fn: (resource: T) => U | PromiseLike<U>, priority: number | undefined): Promise<U> {
		const resource = await this.acquire(priority);
		try {
			const result = await fn(resource);
			void this.release(resource);
			return result;
		} catch (error) {
			void this.destroy(resource);
			throw error;
		}
	}

	isBorrowedResource(resource: T): boolean {
		return this.#members.get(resource)?.lease !== undefined;
	}

	/** Gives a resource back; rejects if it is not out. */
	release(resource: T): Promise<void> {
		return this.#end(resource, false);
	}

	/** Gives a resource back that is of no more use. */
	destroy(resource: T): Promise<void> {
		return this.#end(resource, true);
	}

	#end(resource: T, invalid: boolean): Promise<void> {
		const member = this.#members.get(resource);
		if (member?.lease === undefined) return this.#refuse("Resource not currently part of this pool");
		const { pooled, lease } = member;
		member.lease = undefined;
		if (this.#evicts) pooled.giveBack(invalid);
		if (invalid) void lease.discard();
		else void lease.release();
		this.#look();
		return this.#promise.resolve();
	}

	/** Refuses newcomers; resolves when all who wait are served and everything was given back. Idle resources stay until `clear`. */
	drain(): Promise<void> {
		this.#draining = true;
		this.resources.min = 0;
		const isOut = ({ lease }: Member<T>) => lease !== undefined;
		const drained = this.#once(
			() => this.pending === 0 && this.borrowed === 0 && ![...this.#members.values()].some(isOut),
		);
		return this.#as(
			drained.then(() => {
				if (this._scheduledEviction !== null) clearTimeout(this._scheduledEviction);
				this._scheduledEviction = null;
			}),
		);
	}

	/** Destroys what is idle, and what is being created for nobody; resolves when that is done. */
	clear(): Promise<void> {
		return this.#as(this.#clear());
	}

	async #clear(): Promise<void> {
		await this.#once(() => this.resources.stats().opening === 0);
		await this.resources.clear();
		await this.#once(() => this.resources.stats().closing === 0);
	}

	/** Resolves when at least `min` are available. */
	ready(): Promise<void> {
		return this.#as(this.#once(() => this.available >= this.min));
	}

	#once(isTrue: () => boolean): Promise<void> {
		return new Promise((resolve) => {
			this.#awaited.add({ isTrue, resolve });
			this.#look();
		});
	}

	/** Something happened that somebody may wait for; events tell of it before it shows in the counts. */
	#look(): void {
		if (this.#awaited.size === 0) return;
		setImmediate(() => {
			for (const awaited of this.#awaited) {
				if (!awaited.isTrue()) continue;
				this.#awaited.delete(awaited);
				awaited.resolve();
			}
		});
	}

	#as<R>(promise: Promise<R>): Promise<R> {
		if (this.#promise === globalThis.Promise) return promise;
		return new this.#promise((resolve, reject) => void promise.then(resolve, reject));
	}

	#refuse(message: string): Promise<never> {
		return this.#promise.reject(new Error(message));
	}

	/** Everything that the pool behind it counts. */
	stats(): ResourcePoolStats {
		return this.resources.stats();
	}

	get spareResourceCapacity(): number {
		return this.max - this.size;
	}

	get size(): number {
		const { open, closing } = this.stats();
		return open - closing;
	}

	get available(): number {
		return this.stats().idle;
	}

	get borrowed(): number {
		return this.stats().inUse;
	}

	get pending(): number {
		return this.stats().waiting;
	}

	get max(): number {
		return this._config.max;
	}

	get min(): number {
		return this._config.min;
	}
}

/** None, and what is no duration, means: no limit. */
function limit(ms: number | undefined): number {
	return ms !== undefined && ms > 0 ? ms : Number.POSITIVE_INFINITY;
}

function told(error: unknown): unknown {
	const isLate = error instanceof PoolError && error.code === "ERR_POOL_TIMEOUT";
	return isLate ? new TimeoutError("ResourceRequest timed out", { cause: error }) : error;
}

function lateDestroy(error: unknown): unknown {
	const isLate = error instanceof PoolError && error.code === "ERR_POOL_TIMEOUT";
	return isLate ? new Error("destroy timed out", { cause: error }) : error;
}
