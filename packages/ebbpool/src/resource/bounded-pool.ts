import { Deadlines } from "../base/deadlines.ts";
import { PoolError } from "../base/errors.ts";
import { Events } from "../base/events.ts";
import { aFunction, expectValue, NEVER } from "../base/rules.ts";
import { reasonOf } from "../base/signal.ts";
import { Drain } from "./drain.ts";
import { Entry } from "./entry.ts";
import { type Environment, hostEnvironment } from "./environment.ts";
import { Closer } from "./hooks/closer.ts";
import { Opener } from "./hooks/opener.ts";
import { Upkeep } from "./hooks/upkeep.ts";
import { whenOver } from "./hooks/when-over.ts";
import { IdleShelf } from "./idle-shelf.ts";
import { DONE, type Lender, PooledLease } from "./lease.ts";
import { LeaseWatch } from "./lease-watch.ts";
import { Reconciler } from "./reconciler.ts";
import { readAcquireOptions, readDrainOptions, type Settings, settingsOf } from "./settings.ts";
import { snapshot } from "./snapshot.ts";
import type {
	AcquireOptions,
	CloseReason,
	DrainOptions,
	ResourceLease,
	ResourcePoolEvents,
	ResourcePoolOptions,
	ResourcePoolStats,
} from "./types.ts";
import { Waiters } from "./waiting/waiters.ts";

/** How much sooner than `maxLifetime` a resource may end, so that those opened together do not end together. */
const JITTER = 0.1;

const NO_OPTIONS: AcquireOptions = {};

/**
 * Callers and resources do not know each other: a waiter waits for any resource, and a resource that was opened, checked
 * or given back goes to the one that waits longest, or to the shelf. So a caller that gives up takes nothing with it,
 * and a resource that comes too late for its caller is there for the next.
 *
 * Hooks and listeners may call the pool: each step leaves it consistent before it calls one.
 */
export class ResourcePool<T> implements Lender<T> {
	readonly #settings: Settings<T>;
	readonly #environment: Environment;
	readonly #events = new Events<ResourcePoolEvents<T>>();
	/** For what somebody waits for: it keeps the process alive. */
	readonly #awaited: Deadlines;
	/** For what nobody waits for. */
	readonly #housekeeping: Deadlines;
	readonly #waiters: Waiters<ResourceLease<T>>;
	readonly #opener: Opener<T>;
	readonly #upkeep: Upkeep<T>;
	readonly #closer: Closer<T>;
	readonly #shelf: IdleShelf<T>;
	readonly #watch: LeaseWatch<T> | undefined;
	/** Every place taken. */
	readonly #entries = new Set<Entry<T>>();
	readonly #maxUses: number;
	/** Whether `acquire` may lend what is idle without looking further. */
	#quick: boolean;
	/** Whether a release has nothing to do but pass the resource on. */
	readonly #plain: boolean;
	readonly #counts = { acquired: 0, opened: 0, openFailed: 0 };
	#drain: Drain | undefined;
	/** What there is to do whenever somebody came or left, or a place or resource became free. */
	readonly #reconciler = new Reconciler(() => {
		this.#supply();
		if (this.#drain !== undefined && this.#waiters.size === 0) this.#closeUnused(this.#drain);
	});

	constructor(options: ResourcePoolOptions<T>, environment: Environment = hostEnvironment) {
		const settings = settingsOf(options);
		this.#settings = settings;
		this.#environment = environment;
		this.#awaited = new Deadlines(environment, true);
		this.#housekeeping = new Deadlines(environment, false);
		this.#waiters = new Waiters(
			environment,
			this.#awaited,
			(timeout) => this.#lateError(timeout),
			() => this.#reconciler.run(),
		);
		this.#closer = new Closer(settings, this.#awaited, (error) => this.#report(error, "destroy"));
		this.#opener = new Opener(settings, environment, this.#awaited, this.#closer, {
			opened: (entry, item) => this.#onOpened(entry, item),
			failed: (entry, error) => this.#onOpenFailed(entry, error),
			retired: (entry, reason) => this.#retire(entry, reason),
			ready: () => this.#reconciler.run(),
		});
		this.#upkeep = new Upkeep(settings, this.#awaited, (error, during) => this.#report(error, during));
		this.#shelf = new IdleShelf(
			settings,
			this.#housekeeping,
			() => this.#entries.size - this.#opener.size - this.#closer.size - settings.min,
			(entry, reason) => this.#close(entry, reason),
		);
		const watched = settings.leaseTimeout < NEVER;
		if (watched) {
			this.#watch = new LeaseWatch(settings.leaseTimeout, environment, this.#housekeeping, (report) => {
				if (!this.#events.emit("leak", report)) console.warn(report.acquired);
			});
		}
		this.#maxUses = settings.maxUses;
		this.#quick = settings.validate === undefined && !watched;
		this.#plain = settings.reset === undefined && !watched;
	}

	get name(): string | undefined {
		return this.#settings.name;
	}

	acquire(options?: AcquireOptions): Promise<ResourceLease<T>> {
		if (this.#quick && options === undefined) {
			const entry = this.#shelf.take();
			if (entry !== undefined) return Promise.resolve(this.#lend(entry));
		}
		return this.#acquireSlow(options);
	}

	#acquireSlow(given: AcquireOptions = NO_OPTIONS): Promise<ResourceLease<T>> {
		let options = given;
		try {
			if (given !== NO_OPTIONS) options = readAcquireOptions(given);
		} catch (error) {
			return Promise.reject(error);
		}
		if (this.#drain !== undefined) return this.#waiters.refuse("drained", this.#drained());
		const { signal, timeout = this.#settings.acquireTimeout } = options;
		if (signal?.aborted) return this.#waiters.refuse("aborted", reasonOf(signal));
		if (this.#settings.validate === undefined) {
			const entry = this.#shelf.take();
			if (entry !== undefined) return Promise.resolve(this.#lend(entry, this.#watch?.stack()));
		}
		const { max, maxWaiting } = this.#settings;
		const onTheirWay =
			this.#shelf.size + this.#upkeep.checking + this.#opener.size + max - this.#entries.size;
		if (this.#waiters.size >= onTheirWay + maxWaiting) {
			const message = `acquire: expected at most ${maxWaiting} waiting for others' resources; ${this.#state()}`;
			return this.#waiters.refuse("queueFull", new PoolError("ERR_POOL_QUEUE_FULL", message));
		}
		const promise = this.#waiters.add(timeout, signal, this.#watch?.stack());
		this.#reconciler.run();
		return promise;
	}

	tryAcquire(): ResourceLease<T> | undefined {
		if (this.#drain !== undefined || this.#settings.validate !== undefined) return undefined;
		const entry = this.#shelf.take();
		return entry && this.#lend(entry, this.#watch?.stack());
	}

	closeIdle(choose: (item: T) => boolean = () => true): Promise<void> {
		const chosen = this.#shelf.all().filter((entry) => choose(entry.item as T));
		const closing: Promise<void>[] = [];
		for (const entry of chosen) {
			// An earlier one's hook may have taken it.
			if (entry.state !== "idle") continue;
			this.#shelf.remove(entry);
			closing.push(whenOver((over) => this.#close(entry, "cleared", over)));
		}
		return Promise.all(closing).then(() => {});
	}

	#lend(entry: Entry<T>, acquired?: Error): PooledLease<T> {
		const lease = new PooledLease(this, entry);
		entry.state = "inUse";
		entry.lease = lease;
		this.#counts.acquired++;
		if (acquired !== undefined) this.#watch?.begin(entry, acquired);
		return lease;
	}

	/** Puts to use what waits on the shelf, and opens what is missing, until each waiter has one on its way. */
	#supply(): void {
		while (this.#upkeep.checking < this.#waiters.size) {
			const entry = this.#shelf.take();
			if (entry === undefined) break;
			this.#check(entry);
		}
		while (
			this.#upkeep.checking + this.#opener.size < this.#waiters.size &&
			this.#entries.size < this.#settings.max &&
			this.#opener.ready
		) {
			const entry = new Entry<T>((expired) => this.#closeWhenFree(expired, "lifetime"));
			this.#entries.add(entry);
			this.#opener.open(entry);
		}
	}

	#check(entry: Entry<T>): void {
		if (this.#settings.validate === undefined) {
			this.#serve(entry);
			return;
		}
		this.#upkeep.validate(entry, (good) => {
			if (!good && entry.uses === 0)
				this.#opener.spoiled(new PoolError("ERR_POOL_HOOK", "validate: expected a good resource"));
			if (good) this.#pass(entry, true);
			else this.#close(entry, entry.closeReason ?? "invalid");
		});
	}

	#serve(entry: Entry<T>): void {
		const waiter = this.#waiters.next();
		if (typeof waiter === "function") waiter(this.#lend(entry));
		else waiter.resolve(this.#lend(entry, waiter.acquired));
	}

	/** Passes a resource that nobody uses on to the next waiter, or to the shelf. */
	#pass(entry: Entry<T>, checked: boolean): void {
		if (entry.closeReason !== undefined) {
			this.#close(entry, entry.closeReason);
			return;
		}
		if (this.#waiters.size > 0 && checked) {
			this.#serve(entry);
		} else {
			this.#shelf.put(entry);
			if (this.#waiters.size > 0) this.#reconciler.run();
		}
		if (this.#drain !== undefined) this.#reconciler.run();
	}

	#onOpened(entry: Entry<T>, item: T): void {
		entry.item = item;
		entry.state = "inUse"; // by the listeners, so to speak, until it is passed on
		this.#counts.opened++;
		const { maxLifetime } = this.#settings;
		this.#housekeeping.setIn(entry, maxLifetime * (1 - JITTER * this.#environment.random()));
		this.#events.emit("open", item);
		this.#pass(entry, !this.#settings.validateNew);
		// After failures one is tried at a time: now others may follow.
		this.#reconciler.run();
	}

	#onOpenFailed(entry: Entry<T>, error: unknown): void {
		entry.state = "closed";
		this.#entries.delete(entry);
		this.#counts.openFailed++;
		// Where nothing is open that could be given back, waiting is of no use to anybody.
		const { createFailure } = this.#settings;
		if (createFailure === "all" && this.#entries.size === this.#closer.size)
			this.#waiters.rejectAll("createFailed", error);
		else if (createFailure !== "none") this.#waiters.rejectOldest("createFailed", error);
		this.#report(error, "create");
		this.#reconciler.run();
	}

	/** @internal */
	giveBack(entry: Entry<T>): Promise<void> {
		entry.lease = undefined;
		if (++entry.uses >= this.#maxUses) entry.closeReason ??= "uses";
		if (!this.#plain || entry.closeReason !== undefined) return this.#giveBackSlow(entry);
		this.#pass(entry, this.#quick);
		return DONE;
	}

	#giveBackSlow(entry: Entry<T>): Promise<void> {
		this.#watch?.end(entry);
		const { closeReason } = entry;
		if (closeReason !== undefined) return whenOver((over) => this.#close(entry, closeReason, over));
		const { reset, validate } = this.#settings;
		const checked = validate === undefined;
		if (reset === undefined) {
			this.#pass(entry, checked);
			return DONE;
		}
		return whenOver((over) => {
			this.#upkeep.reset(entry, (clean) => {
				if (clean) {
					this.#pass(entry, checked);
					over();
				} else {
					this.#close(entry, entry.closeReason ?? "reset", over);
				}
			});
		});
	}

	/** @internal */
	throwAway(entry: Entry<T>): Promise<void> {
		return whenOver((over) => this.#close(entry, entry.closeReason ?? "discarded", over));
	}

	#retire(entry: Entry<T>, reason: unknown): void {
		if (entry.state === "opening") {
			const message = "create: expected a resource that is not retired";
			entry.hook?.abandon()?.failed(reason ?? new PoolError("ERR_POOL_HOOK", message));
		} else if (entry.state !== "closing" && entry.state !== "closed") {
			this.#closeWhenFree(entry, "retired");
			if (reason !== undefined) this.#report(reason, "retire");
		}
	}

	/** Closes a resource as soon as nobody uses it. */
	#closeWhenFree(entry: Entry<T>, reason: CloseReason): void {
		entry.closeReason ??= reason;
		if (entry.state === "idle") {
			this.#shelf.remove(entry);
			this.#close(entry, reason);
		}
	}

	/** Destroys a resource that is in nobody's hands any more. */
	#close(entry: Entry<T>, reason: CloseReason, over?: () => void): void {
		this.#watch?.end(entry);
		this.#housekeeping.cancel(entry);
		entry.lease = undefined;
		this.#closer.close(entry, reason, () => {
			const item = entry.item as T;
			entry.item = undefined;
			entry.hook = undefined;
			this.#entries.delete(entry);
			this.#events.emit("close", item, reason);
			this.#reconciler.run();
			over?.();
		});
		// A waiter that counted on it may find another.
		this.#reconciler.run();
	}

	async use<R>(work: (item: T) => R | PromiseLike<R>, options?: AcquireOptions): Promise<R> {
		expectValue("ERR_POOL_ARGUMENT", "use: work", work, aFunction);
		const lease = await this.acquire(options);
		try {
			return await work(lease.item);
		} finally {
			await lease.release();
		}
	}

	drain(options: DrainOptions = {}): Promise<void> {
		let timeout: number | undefined;
		try {
			({ timeout } = readDrainOptions(options));
		} catch (error) {
			return Promise.reject(error);
		}
		this.#drain ??= this.#beginDrain();
		this.#drain.within(timeout ?? this.#settings.drainTimeout, this.#environment.now());
		this.#reconciler.run();
		return this.#drain.promise;
	}

	#beginDrain(): Drain {
		this.#quick = false;
		return new Drain(
			this.#awaited,
			(timeout) => {
				const message = `drain: expected all resources back within ${timeout} ms; ${this.#state()}`;
				return new PoolError("ERR_POOL_TIMEOUT", message);
			},
			() => this.#forceDrain(),
		);
	}

	/** Newcomers are refused; those who were there before the drain are still served, and then all is closed. */
	#closeUnused(drain: Drain): void {
		for (let entry = this.#shelf.take(); entry !== undefined; entry = this.#shelf.take()) {
			this.#close(entry, "drained");
		}
		this.#shelf.unwatch();
		this.#opener.close(this.#drained());
		if (this.#entries.size + this.#closer.orphans > 0) return;
		drain.end();
		this.#awaited.stop();
		this.#housekeeping.stop();
	}

	/** Takes away what is still out, and waits for no hook but `destroy`. */
	#forceDrain(): void {
		const error = this.#drained();
		this.#waiters.rejectAll("drained", error);
		for (const entry of [...this.#entries]) {
			entry.closeReason ??= "drained";
			if (entry.state === "inUse") this.#close(entry, "drained");
			else if (entry.state !== "closing") entry.hook?.abandon()?.failed(error);
		}
	}

	#drained(): PoolError {
		return new PoolError("ERR_POOL_DRAINED", "acquire: expected a pool that is not drained");
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.drain();
	}

	on<K extends keyof ResourcePoolEvents<T>>(event: K, listener: ResourcePoolEvents<T>[K]): () => void {
		expectValue("ERR_POOL_ARGUMENT", "on: listener", listener, aFunction);
		return this.#events.on(event, listener);
	}

	#report(error: unknown, during: "create" | "validate" | "reset" | "destroy" | "retire"): void {
		this.#events.emit("error", error, during);
	}

	#lateError(timeout: number): PoolError {
		const failure = this.#opener.failure;
		const message = `acquire: expected a resource within ${timeout} ms; ${this.#state()}`;
		return new PoolError("ERR_POOL_TIMEOUT", message, failure && { cause: failure.error });
	}

	/** What errors say about the pool. */
	#state(): string {
		const { name, open, opening, idle, inUse, waiting } = this.stats();
		const places = `${open} of ${this.#settings.max} open (${opening} opening, ${idle} idle, ${inUse} in use)`;
		return `${name === undefined ? "" : `${name}: `}${places}, ${waiting} waiting`;
	}

	stats(): ResourcePoolStats {
		const counts = { ...this.#counts, leaks: this.#watch?.leaks ?? 0 };
		return snapshot(this.#settings.name, this.#entries, this.#waiters, counts, this.#closer.closed);
	}
}
