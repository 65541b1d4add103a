import { EventEmitter } from "node:events";
import { PoolError, type ResourceLease, ResourcePool, type ResourcePoolStats } from "ebbpool/resource";
import { Departure } from "./departure.ts";
import type { PoolEvents } from "./events.ts";
import { Line } from "./line.ts";
import { Members } from "./members.ts";
import { checkOptions, type PoolOptions } from "./options.ts";
import { PendingOperation } from "./pending-operation.ts";
import { PromiseInspection } from "./promise-inspection.ts";
import { RetryPause } from "./retry-pause.ts";
import { created, timeoutError, within } from "./within.ts";

// As tarn's own module of this name has them: types of others, as those of `mssql`, take them from there.
export type { Callback, CallbackOrPromise, PoolOptions } from "./options.ts";

/** Milliseconds until one that was invalid on arrival is replaced, or a newcomer's creation tried after a failure; doubles. */
const FIRST_RETRY = 2;

/** tarn's `Pool` on a {@link ResourcePool}. */
export class Pool<T> {
	/** The pool behind it. */
	readonly resources: ResourcePool<T>;
	readonly min: number;
	readonly max: number;
	readonly propagateCreateError: boolean;
	readonly acquireTimeoutMillis: number;
	readonly createTimeoutMillis: number;
	readonly destroyTimeoutMillis: number;
	readonly idleTimeoutMillis: number;
	readonly createRetryIntervalMillis: number;
	readonly reapIntervalMillis: number;
	log: (message: string, level?: "warn") => unknown;
	destroyed = false;
	/** While idle resources are looked through. */
	interval: NodeJS.Timeout | null = null;
	readonly emitter: EventEmitter = new EventEmitter();
	eventId = 1;
	readonly #create: PoolOptions<T>["create"];
	readonly #destroy: PoolOptions<T>["destroy"];
	/** What is known of each that is open. */
	readonly #members = new Members<T>();
	readonly #waiting = new Line<PendingOperation<T>>();
	readonly #pause: RetryPause;
	/** What `create` failed with last. */
	#failure: unknown;

	constructor(given: PoolOptions<T>) {
		const options: PoolOptions<T> = given || {};
		checkOptions(options);
		this.min = options.min;
		this.max = options.max;
		this.propagateCreateError = !!options.propagateCreateError;
		this.acquireTimeoutMillis = options.acquireTimeoutMillis || 30_000;
		this.createTimeoutMillis = options.createTimeoutMillis || 30_000;
		this.destroyTimeoutMillis = options.destroyTimeoutMillis || 5_000;
		this.idleTimeoutMillis = options.idleTimeoutMillis || 30_000;
		this.reapIntervalMillis = options.reapIntervalMillis || 1_000;
		this.createRetryIntervalMillis = options.createRetryIntervalMillis || 200;
		this.log = options.log || (() => {});
		this.#pause = new RetryPause(this.createRetryIntervalMillis);
		this.#create = options.create;
		this.#destroy = options.destroy;
		const { name, leaseTimeout, maxWaiting = Number.POSITIVE_INFINITY } = options;
		this.resources = new ResourcePool<T>({
			name,
			leaseTimeout,
			maxWaiting,
			max: options.max,
			create: ({ signal }) => this.#open(signal),
			destroy: (resource) => this.#close(resource),
			validate: typeof options.validate === "function" ? this.#validator(options.validate) : undefined,
			acquireTimeout: this.acquireTimeoutMillis,
			validateTimeout: this.acquireTimeoutMillis,
			// Both are limited here, as each has an event of its own.
			createTimeout: Number.POSITIVE_INFINITY,
			destroyTimeout: Number.POSITIVE_INFINITY,
			drainTimeout: Number.POSITIVE_INFINITY,
			idleTimeout: Number.POSITIVE_INFINITY,
			maxLifetime: Number.POSITIVE_INFINITY,
			// What fails is tried again at tarn's pace, by the pause above.
			retryDelay: Math.min(FIRST_RETRY, this.createRetryIntervalMillis),
			maxRetryDelay: this.createRetryIntervalMillis,
			validateNew: true,
			// With `propagateCreateError` only who waits longest is told, below: the others wait on.
			retryCreate: true,
		});
		this.resources.on("error", (error, during) => {
			if (during === "create" && this.propagateCreateError) this.#waiting.first?.reject(error);
			if (during === "validate") this.#logError("resource validator threw an exception", lateOr(error));
		});
		this.resources.on("leak", (report) => {
			if (!this.emitter.emit("leak", report)) console.warn(report.acquired);
		});
	}

	/** Everything that the pool behind it counts. */
	stats(): ResourcePoolStats {
		return this.resources.stats();
	}

	numUsed(): number {
		const { inUse, checking } = this.stats();
		return inUse + checking;
	}

	numFree(): number {
		return this.stats().idle;
	}

	numPendingAcquires(): number {
		const { waiting, checking } = this.stats();
		return Math.max(0, waiting - checking);
	}

	numPendingValidations(): number {
		return this.stats().checking;
	}

	numPendingCreates(): number {
		return this.stats().opening - this.#pausing;
	}

	/** Creations that wait for another try. */
	get #pausing(): number {
		return this.#pause.isRunning ? 1 : 0;
	}

	acquire(): PendingOperation<T> {
		const id = this.eventId++;
		this.#tell("acquireRequest", id);
		const operation = new PendingOperation<T>();
		const lease = this.resources.tryAcquire();
		if (lease === undefined) {
			this.#wait(operation, id);
		} else {
			operation.resolve(this.#lend(lease));
			// It is told later, as everybody else is: whoever called may listen from now on.
			operation.promise = this.#told(operation, id);
		}
		return operation;
	}

	async #told(operation: PendingOperation<T>, id: number): Promise<T> {
		const resource = await operation.promise;
		this.#tell("acquireSuccess", id, resource);
		return resource;
	}

	#wait(operation: PendingOperation<T>, id: number): void {
		this.#pause.end();
		const departure = new Departure();
		operation._departure = departure;
		this.#waiting.add(operation);
		const fail = (error: unknown) => {
			operation._departure = undefined;
			operation._fail(error);
			this.#tell("acquireFail", id, error);
		};
		this.resources.acquire({ signal: departure.signal }).then(
			(lease) => {
				if (operation.isRejected) {
					void lease.release();
					fail(departure.reason);
					return;
				}
				operation._departure = undefined;
				const resource = this.#lend(lease);
				operation.resolve(resource);
				this.#tell("acquireSuccess", id, resource);
				this.#waiting.close();
			},
			(error) => fail(departure.aborted ? departure.reason : this.#reason(operation, error)),
		);
	}

	#lend(lease: ResourceLease<T>): T {
		this.#startReaping();
		this.#members.lent(lease);
		return lease.item;
	}

	/** What tarn would say. */
	#reason(operation: PendingOperation<T>, error: unknown): unknown {
		if (!(error instanceof PoolError)) return error;
		if (error.code === "ERR_POOL_DRAINED") return new Error("aborted", { cause: error });
		if (error.code !== "ERR_POOL_TIMEOUT") return error;
		// Where what was created was not valid, the pool behind it has a cause of its own.
		const cause = error.cause === this.#failure ? error.cause : undefined;
		if (cause instanceof Error) operation.possibleTimeoutCause = cause;
		return timeoutError(cause);
	}

	/** @returns whether the resource was out */
	release(resource: T): boolean {
		this.#tell("release", resource);
		const lease = this.#members.givenBack(resource);
		if (lease === undefined) return false;
		void lease.release();
		return true;
	}

	isEmpty(): boolean {
		const { idle, inUse, checking, opening, waiting } = this.stats();
		return idle + inUse + checking + opening - this.#pausing + waiting === 0;
	}

	/** Closes what was idle for too long, above `min`; runs by itself as long as there is anything. */
	check(): void {
		const { idle, inUse, checking } = this.stats();
		let surplus = idle - (this.min - inUse - checking);
		const oldest = Date.now() - this.idleTimeoutMillis;
		void this.resources.clear((resource) => {
			const due = surplus > 0 && this.#members.idleSince(resource) <= oldest;
			if (due) surplus--;
			return due;
		});
		if (this.isEmpty()) this._stopReaping();
	}

	/**
	 * Ends the pool: who has a resource or one on its way may use it, who only waits is sent away, and all are closed.
	 *
	 * @returns a promise that is never rejected
	 */
	async destroy(): Promise<PromiseInspection<unknown>> {
		const id = this.eventId++;
		this.#tell("poolDestroyRequest", id);
		this._stopReaping();
		this.destroyed = true;
		const { checking } = this.stats();
		for (const operation of this.#waiting.all.slice(checking)) operation.abort();
		await this.resources.drain();
		this.#tell("poolDestroySuccess", id);
		this.emitter.removeAllListeners();
		return new PromiseInspection({ value: undefined });
	}

	on<K extends keyof PoolEvents<T>>(event: K, listener: PoolEvents<T>[K]): void {
		this.emitter.on(event, listener as (...args: unknown[]) => void);
	}

	removeListener(event: string | symbol, listener: (...args: never[]) => void): void {
		this.emitter.removeListener(event, listener as (...args: unknown[]) => void);
	}

	removeAllListeners(event?: string | symbol): void {
		this.emitter.removeAllListeners(event);
	}

	async #open(signal: AbortSignal): Promise<T> {
		const pause = this.#pause.over(signal);
		if (pause !== undefined) {
			await pause;
			signal.throwIfAborted();
		}
		const id = this.eventId++;
		this.#tell("createRequest", id);
		try {
			const creation = created<T>(this.#create);
			const resource = await within(this.createTimeoutMillis, creation, (late) => void this.#closeLate(late));
			this.#members.add(resource);
			this.#pause.end();
			this.#tell("createSuccess", id, resource);
			return resource;
		} catch (error) {
			this.#pause.begin();
			this.#failure = error;
			this.#tell("createFail", id, error);
			throw error;
		}
	}

	/** Nobody waits for it any more. */
	async #closeLate(resource: T): Promise<void> {
		try {
			await this.#destroy(resource);
		} catch (error) {
			this.#logError("resource destroyer threw an exception", error);
		}
	}

	async #close(resource: T): Promise<void> {
		const id = this.eventId++;
		this.#members.remove(resource);
		this.#tell("destroyRequest", id, resource);
		const destruction = Promise.resolve().then(() => this.#destroy(resource));
		try {
			await within(this.destroyTimeoutMillis, destruction);
			this.#tell("destroySuccess", id, resource);
		} catch (error) {
			this.#tell("destroyFail", id, resource, error);
			this.#logError("resource destroyer threw an exception", error);
		}
	}

	#validator(validate: NonNullable<PoolOptions<T>["validate"]>): (resource: T) => Promise<boolean> {
		return async (resource) => !!(await validate(resource));
	}

	#startReaping(): void {
		if (this.interval !== null) return;
		this.#tell("startReaping");
		this.interval = setInterval(() => this.check(), this.reapIntervalMillis);
	}

	/** @internal As tarn calls it; its own tests end with it. */
	_stopReaping(): void {
		if (this.interval === null) return;
		this.#tell("stopReaping");
		clearInterval(this.interval);
		this.interval = null;
	}

	/** A listener that throws stops no other. */
	#tell(event: string, ...args: unknown[]): void {
		if (this.emitter.listenerCount(event) === 0) return;
		for (const listener of this.emitter.listeners(event)) {
			try {
				listener(...args);
			} catch (error) {
				this.#logError(`event handler "${event}" threw an exception`, error);
			}
		}
	}

	#logError(what: string, error: unknown): void {
		this.log(`Tarn: ${what} ${error instanceof Error ? error.stack : error}`, "warn");
	}
}

/** What a validation failed with, as tarn says it. */
function lateOr(error: unknown): unknown {
	const isLate = error instanceof PoolError && error.code === "ERR_POOL_TIMEOUT";
	return isLate ? timeoutError(undefined) : error;
}
