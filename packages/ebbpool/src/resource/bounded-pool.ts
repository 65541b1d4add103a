import { Deadlines } from "../base/deadlines.ts";
import { PoolError } from "../base/errors.ts";
import { NEVER } from "../base/rules.ts";
import { reasonOf } from "../base/signal.ts";
import { expectRoom, hasRoom, ROOM } from "../base/stack.ts";
import { Drain, type DrainOwner } from "./drain.ts";
import { Entry, type EntryOwner } from "./entry.ts";
import { type Environment, hostEnvironment } from "./environment.ts";
import { Closer, type CloserOwner } from "./hooks/closer.ts";
import { abort, Opener, type OpenerOwner } from "./hooks/opener.ts";
import { Upkeep, type UpkeepOwner } from "./hooks/upkeep.ts";
import { IdleShelf, type ShelfOwner } from "./idle-shelf.ts";
import { DONE, type Lender, PooledLease } from "./lease.ts";
import { LeaseWatch, type LeaseWatchOwner } from "./lease-watch.ts";
import { News } from "./news.ts";
import { Place, Places } from "./places.ts";
import { later, Reconciler, type ReconcilerOwner } from "./reconciler.ts";
import { readAcquireOptions, readDrainOptions, type Settings, settingsOf, withLimit } from "./settings.ts";
import { Counts, describePool, snapshot } from "./snapshot.ts";
import type {
	AcquireOptions,
	CloseReason,
	DrainOptions,
	FailedHook,
	LeakReport,
	ResourceLease,
	ResourcePoolEvents,
	ResourcePoolOptions,
	ResourcePoolStats,
} from "./types.ts";
import { type Rejection, Waiters, type WaitersOwner } from "./waiting/waiters.ts";
import { WarmUp } from "./warm-up.ts";

/** How much sooner than `maxLifetime` a resource may end, so that those opened together do not end together. */
const JITTER = 0.1;

const NO_OPTIONS: AcquireOptions = {};

interface Owner<T>
	extends Lender<T>,
		EntryOwner<T>,
		OpenerOwner<T>,
		UpkeepOwner<T>,
		CloserOwner<T>,
		ShelfOwner<T>,
		LeaseWatchOwner<T>,
		WaitersOwner,
		ReconcilerOwner,
		DrainOwner {
	hookFailed(error: unknown, during: FailedHook): void;
}

/**
 * Callers and resources do not know each other: a waiter waits for any resource, and a resource that was opened, checked
 * or given back goes to the one that waits longest, or to the shelf. So a caller that gives up takes nothing with it,
 * and a resource that comes too late for its caller is there for the next.
 *
 * Hooks and listeners may call the pool: each step leaves it consistent before it calls one. A step that changes several
 * things begins with a look at the stack: where that has no room, the step is put off.
 */
export class BoundedPool<T> implements Owner<T> {
	readonly #settings: Settings<T>;
	readonly #environment: Environment;
	readonly #news: News<T>;
	/** For what somebody waits for: it keeps the process alive. */
	readonly #awaited: Deadlines;
	/** For what nobody waits for. */
	readonly #housekeeping: Deadlines;
	readonly #places = new Places<Entry<T>>();
	readonly #waiters: Waiters<ResourceLease<T>>;
	readonly #opener: Opener<T>;
	readonly #upkeep: Upkeep<T>;
	readonly #closer: Closer<T>;
	readonly #shelf: IdleShelf<T>;
	readonly #watch: LeaseWatch<T> | undefined;
	readonly #reconciler: Reconciler;
	readonly #maxUses: number;
	readonly #validates: boolean;
	/** Whether `acquire` may lend what is idle without looking further. */
	#quick = false;
	/** Whether a release has nothing to do but pass the resource on. */
	#plain = false;
	readonly #counts = new Counts();
	#warmUp: WarmUp | undefined;
	#drain: Drain | undefined;

	constructor(options: ResourcePoolOptions<T>, environment: Environment = hostEnvironment) {
		const settings = settingsOf(options);
		this.#settings = settings;
		this.#environment = environment;
		this.#maxUses = settings.maxUses;
		this.#validates = settings.validate !== undefined;
		this.#news = new News(environment, settings.name);
		this.#awaited = new Deadlines(environment, true);
		this.#housekeeping = new Deadlines(environment, false);
		this.#reconciler = new Reconciler(this, environment);
		this.#waiters = new Waiters(environment, this.#awaited, this);
		this.#closer = new Closer(settings, environment, this.#awaited, this);
		this.#opener = new Opener(settings, environment, this.#awaited, this.#closer, this);
		this.#upkeep = new Upkeep(settings, environment, this.#awaited, this);
		this.#shelf = new IdleShelf(settings, this.#places, this.#housekeeping, this);
		const { leaseTimeout } = settings;
		if (leaseTimeout < NEVER) {
			this.#watch = new LeaseWatch(leaseTimeout, environment, this.#housekeeping, this);
		}
		this.#tune();
		if (settings.warm) this.#reconciler.run();
	}

	get name(): string | undefined {
		return this.#settings.name;
	}

	acquire(options?: AcquireOptions): Promise<ResourceLease<T>> {
		if (this.#quick && options === undefined) {
			const entry = this.#shelf.next;
			if (entry !== undefined) {
				const lease = new PooledLease(this, entry);
				const lent = Promise.resolve(lease);
				// This is the first change, and the last call that can throw.
				this.#shelf.takeNext(entry, Place.inUse);
				entry.lease = lease;
				entry.since = undefined;
				this.#counts.acquired++;
				return lent;
			}
		}
		return this.#acquireSlow(options);
	}

	#acquireSlow(given: AcquireOptions = NO_OPTIONS): Promise<ResourceLease<T>> {
		let promise: Promise<ResourceLease<T>>;
		try {
			const options = given === NO_OPTIONS ? given : readAcquireOptions(given);
			const { signal, timeout = this.#settings.acquireTimeout, priority = 0 } = options;
			if (this.#drain !== undefined) return this.#waiters.refuse("drained", drained());
			if (signal?.aborted) return this.#waiters.refuse("aborted", reasonOf(signal));
			const lease = this.tryAcquire();
			if (lease !== undefined) return Promise.resolve(lease);
			expectRoom(ROOM.forWork);
			const error = this.#queueFull();
			if (error !== undefined) return this.#waiters.refuse("queueFull", error);
			promise = this.#waiters.add(timeout, priority, signal, this.#watch?.stack());
		} catch (error) {
			return Promise.reject(error);
		}
		this.#reconciler.run();
		return promise;
	}

	#queueFull(): PoolError | undefined {
		const { max, maxWaiting } = this.#settings;
		const places = this.#places;
		const onTheirWay =
			places.count(Place.idle) +
			places.count(Place.checking) +
			places.count(Place.opening) +
			Math.max(0, max - places.size);
		if (this.#waiters.size < onTheirWay + maxWaiting) return undefined;
		const message = `acquire: expected at most ${maxWaiting} waiting for others' resources; ${this.#state()}`;
		return new PoolError("ERR_POOL_QUEUE_FULL", message);
	}

	/** Lends what is idle, unless that must be looked at first or somebody waits for it. */
	tryAcquire(): ResourceLease<T> | undefined {
		const entry = this.#shelf.next;
		if (entry === undefined || this.#validates || this.#waiters.size > 0 || this.#drain) return undefined;
		expectRoom(this.#quick ? ROOM.forWork : ROOM.forHooks);
		const acquired = this.#watch?.stack();
		const lease = new PooledLease(this, entry);
		this.#shelf.takeNext(entry, Place.inUse);
		this.#begin(entry, lease, 0, acquired);
		return lease;
	}

	/** Lends a resource that nobody uses to the waiter whose turn it is. */
	#serve(entry: Entry<T>): void {
		const lease = new PooledLease(this, entry);
		const waiter = this.#waiters.next();
		this.#places.move(entry, Place.inUse);
		const resolve = typeof waiter === "function" ? waiter : waiter.resolve;
		const acquired = typeof waiter === "function" ? undefined : waiter.acquired;
		this.#begin(entry, lease, this.#waiters.lastWait, acquired);
		resolve(lease);
	}

	#begin(entry: Entry<T>, lease: PooledLease<T>, waited: number, acquired: Error | undefined): void {
		entry.lease = lease;
		entry.since = undefined;
		this.#counts.acquired++;
		if (acquired !== undefined) this.#watch?.begin(entry, acquired);
		if (this.#quick) return;
		if (this.#news.has("acquire") || this.#news.has("release")) entry.since = this.#environment.now();
		this.#news.tell("acquire", entry.item as T, waited);
	}

	#end(entry: Entry<T>): void {
		entry.lease = undefined;
		this.#watch?.end(entry);
		if (!this.#news.has("release")) return;
		const { since } = entry;
		this.#news.tell("release", entry.item as T, since && this.#environment.now() - since);
	}

	/** There is something to do whenever somebody came or left, or a place or resource became free. */
	reconcile(): void {
		this.#supply();
		if (this.#warmUp !== undefined && this.#ready >= this.#settings.min) this.#warmUp.done();
		if (this.#drain !== undefined && this.#waiters.size === 0) this.#closeUnused(this.#drain);
	}

	/** Puts to use what waits on the shelf, and opens what is missing, until each waiter has one on its way. */
	#supply(): void {
		const waiters = this.#waiters;
		const places = this.#places;
		while (places.count(Place.checking) < waiters.size) {
			const entry = this.#shelf.next;
			if (entry === undefined) break;
			if (this.#validates && !this.#reconciler.hasRoom()) return;
			this.#shelf.takeNext(entry, Place.checking);
			if (this.#validates) this.#upkeep.validate(entry);
			else this.#serve(entry);
		}
		while (this.#lacks && places.size < this.#settings.max) {
			if (!this.#opener.backoff.allows(places.count(Place.opening)) || !this.#reconciler.hasRoom()) return;
			const entry = new Entry<T>(this);
			places.add(entry);
			this.#opener.open(entry);
		}
	}

	/** Whether somebody waits for whom none is on its way, or there are too few although nobody waits. */
	get #lacks(): boolean {
		const places = this.#places;
		const coming = places.count(Place.checking) + places.count(Place.opening);
		if (coming < this.#waiters.size) return true;
		const { warm, min } = this.#settings;
		const warming = (warm && this.#drain === undefined) || this.#warmUp !== undefined;
		return warming && this.#ready + places.count(Place.opening) < min;
	}

	/** How many are open and not about to be closed. */
	get #ready(): number {
		const places = this.#places;
		return places.size - places.count(Place.opening) - places.count(Place.closing);
	}

	get surplus(): number {
		return this.#ready - this.#settings.min;
	}

	/** Passes a resource that nobody uses on to the next waiter, or to the shelf. */
	#pass(entry: Entry<T>, checked: boolean): void {
		const reason = entry.closeReason ?? (this.#overfull ? "surplus" : undefined);
		if (reason !== undefined) {
			this.#close(entry, reason);
		} else if (this.#waiters.size > 0 && checked) {
			this.#serve(entry);
			if (this.#drain !== undefined) this.#reconciler.run();
		} else {
			this.#shelf.put(entry);
			if (this.#waiters.size > 0 || this.#drain !== undefined) this.#reconciler.run();
		}
	}

	get #overfull(): boolean {
		return this.#places.size - this.#places.count(Place.closing) > this.#settings.max;
	}

	opened(entry: Entry<T>, item: T): void {
		entry.item = item;
		const { maxLifetime } = this.#settings;
		this.#housekeeping.setIn(entry, maxLifetime * (1 - JITTER * this.#environment.random()));
		const took = this.#environment.now() - (entry.since as number);
		this.#news.tell("open", item, took);
		this.#news.publish("open", { item, took });
		this.#counts.opened++;
		if (entry.closeReason === undefined) {
			const checked = !this.#validatesNew;
			if (checked) this.#opener.backoff.succeeded();
			this.#pass(entry, checked);
		} else {
			this.#closeStillborn(entry, entry.closeReason);
		}
		// After failures one is tried at a time: now others may follow.
		this.#reconciler.run();
	}

	/** It broke before anybody had it: else one like it would follow at once, and so on without an end. */
	#closeStillborn(entry: Entry<T>, reason: CloseReason): void {
		const broke = reason === "retired";
		const error = entry.error ?? stillborn();
		if (broke) this.#opener.backoff.failed(error);
		this.#close(entry, reason);
		if (broke) this.#sendAway(error);
	}

	openFailed(entry: Entry<T>, error: unknown): void {
		this.#places.move(entry, Place.gone);
		this.#counts.openFailed++;
		this.#sendAway(error);
		this.hookFailed(error, "create");
		this.#reconciler.run();
	}

	/** Tells those who wait for a creation that it failed. */
	#sendAway(error: unknown): void {
		this.#warmUp?.failed(error);
		if (this.#settings.retryCreate) return;
		// Where nothing is open that could be given back, waiting is of no use to anybody.
		if (this.#places.size === this.#places.count(Place.closing)) {
			this.#waiters.rejectAll("createFailed", error);
		} else {
			this.#waiters.rejectFirst("createFailed", error);
		}
	}

	mayOpen(): void {
		this.#reconciler.run();
	}

	giveBack(entry: Entry<T>): Promise<void> {
		const more = entry.uses + 1 < this.#maxUses && entry.closeReason === undefined;
		if (this.#plain && more && this.#waiters.size === 0 && this.#shelf.watching) {
			// This is the first change, and the last call that can throw.
			this.#shelf.put(entry);
			entry.uses++;
			entry.lease = undefined;
			return DONE;
		}
		return this.#endLease(entry, !(this.#plain && more), () => this.#giveBack(entry));
	}

	throwAway(entry: Entry<T>): Promise<void> {
		return this.#endLease(entry, true, () => this.#close(entry, entry.closeReason ?? "discarded"));
	}

	/** Ends a lease and does what comes next; where the stack has no room for that, in a microtask. */
	#endLease(entry: Entry<T>, hooked: boolean, next: () => void): Promise<void> {
		const { lease } = entry;
		if (!hasRoom(hooked ? ROOM.forHooks : ROOM.forWork)) {
			const again = () => (entry.lease === lease ? this.#endLease(entry, hooked, next) : DONE);
			return later(this.#environment, again);
		}
		this.#end(entry);
		next();
		return settled(entry);
	}

	#giveBack(entry: Entry<T>): void {
		if (++entry.uses >= this.#maxUses) entry.closeReason ??= "uses";
		const { closeReason } = entry;
		if (closeReason !== undefined) {
			this.#close(entry, closeReason);
		} else if (this.#settings.reset === undefined) {
			this.#pass(entry, !this.#validates);
		} else {
			this.#places.move(entry, Place.resetting);
			this.#upkeep.reset(entry);
		}
	}

	get #validatesNew(): boolean {
		return this.#validates && this.#settings.validateNew;
	}

	/** It was of no use from the start: else one like it would follow at once, and so on without an end. */
	#refuseNew(entry: Entry<T>): void {
		const error = new PoolError("ERR_POOL_HOOK", "validate: expected a new resource to be valid");
		this.#opener.backoff.failed(error);
		this.#close(entry, "invalid");
		this.#sendAway(error);
	}

	validated(entry: Entry<T>, good: boolean): void {
		const isNew = this.#validatesNew && entry.uses === 0;
		if (good) {
			if (isNew) this.#opener.backoff.succeeded();
			this.#pass(entry, true);
		} else if (isNew && entry.closeReason === undefined) {
			this.#refuseNew(entry);
		} else {
			this.#close(entry, entry.closeReason ?? "invalid");
		}
	}

	wasReset(entry: Entry<T>, clean: boolean): void {
		if (!clean) {
			this.#close(entry, entry.closeReason ?? "reset");
			return;
		}
		this.#pass(entry, !this.#validates);
		if (entry.place !== Place.closing) entry.settle();
	}

	retired(entry: Entry<T>, reason: unknown): void {
		if (!hasRoom(ROOM.forHooks)) {
			void later(this.#environment, () => this.retired(entry, reason));
			return;
		}
		if (entry.place >= Place.closing) return;
		if (entry.place === Place.opening) {
			const call = entry.hook?.abandon();
			if (call !== undefined) {
				call.failed(reason ?? stillborn());
				return;
			}
		}
		const { backoff } = this.#opener;
		if (entry.uses === 0 && entry.place === Place.idle) backoff.failed(reason ?? stillborn());
		else backoff.suspect();
		entry.error ??= reason;
		this.#closeWhenFree(entry, "retired");
		if (reason !== undefined) this.hookFailed(reason, "retire");
	}

	expired(entry: Entry<T>): void {
		this.#closeWhenFree(entry, "lifetime");
	}

	/** Closes a resource as soon as nobody uses it. */
	#closeWhenFree(entry: Entry<T>, reason: CloseReason): void {
		entry.closeReason ??= reason;
		if (entry.place === Place.idle) this.closeIdle(entry, reason);
	}

	closeIdle(entry: Entry<T>, reason: CloseReason): void {
		this.#shelf.take(entry, Place.closing);
		this.#destroy(entry, reason);
	}

	/** Closes a resource that is in nobody's hands any more. */
	#close(entry: Entry<T>, reason: CloseReason): void {
		this.#places.move(entry, Place.closing);
		this.#destroy(entry, reason);
	}

	#destroy(entry: Entry<T>, reason: CloseReason): void {
		this.#housekeeping.cancel(entry);
		this.#closer.close(entry, reason);
		// A waiter that counted on it may find another.
		this.#reconciler.run();
	}

	closed(entry: Entry<T>, reason: CloseReason): void {
		const item = entry.item as T;
		entry.item = undefined;
		entry.hook = undefined;
		this.#places.move(entry, Place.gone);
		this.#counts.closed[reason]++;
		this.#tune();
		this.#news.tell("close", item, reason);
		this.#news.publish("close", { item, reason });
		this.#reconciler.run();
		entry.settle();
	}

	orphanClosed(): void {
		this.#reconciler.run();
	}

	/** Closes what is idle, or those of them that are chosen; resolves when that is done. */
	async clear(chosen: (item: T) => unknown): Promise<void> {
		const entries = this.#shelf.all.filter(({ item }) => chosen(item as T));
		const closed = entries.map((entry) => {
			// What was chosen last may have been taken meanwhile.
			if (entry.place !== Place.idle) return DONE;
			this.closeIdle(entry, "cleared");
			return settled(entry);
		});
		await Promise.all(closed);
	}

	/** Opens what is missing up to `min`; resolves when so many are open. */
	warmUp(): Promise<void> {
		if (this.#drain !== undefined) return Promise.reject(drained());
		this.#warmUp ??= new WarmUp(() => {
			this.#warmUp = undefined;
		});
		const { promise } = this.#warmUp;
		this.#reconciler.run();
		return promise;
	}

	limit(limit: "min" | "max"): number {
		return this.#settings[limit];
	}

	/** @throws `ERR_POOL_OPTION` */
	setLimit(limit: "min" | "max", value: number): void {
		withLimit(this.#settings, limit, value);
		this.#tune();
		for (let entry = this.#shelf.all[0]; entry && this.#overfull; [entry] = this.#shelf.all) {
			this.closeIdle(entry, "surplus");
		}
		this.#reconciler.run();
	}

	listen<K extends keyof ResourcePoolEvents<T>>(
		event: K,
		listener: ResourcePoolEvents<T>[K],
		once: boolean,
	): () => void {
		const end = this.#news.add(event, listener, once);
		this.#tune();
		return () => {
			end();
			this.#tune();
		};
	}

	unlisten<K extends keyof ResourcePoolEvents<T>>(event: K, listener: ResourcePoolEvents<T>[K]): void {
		this.#news.remove(event, listener);
		this.#tune();
	}

	/** Decides anew whether there is more to do than the quick halves of `acquire` and `release` do. */
	#tune(): void {
		const news = this.#news;
		const told = news.has("acquire") || news.has("release") || this.#watch !== undefined;
		const simple = !told && this.#drain === undefined;
		this.#quick = simple && !this.#validates;
		this.#plain = simple && this.#settings.reset === undefined && !this.#overfull;
	}

	drain(given: DrainOptions = {}): Promise<void> {
		try {
			const { timeout = this.#settings.drainTimeout } = readDrainOptions(given);
			expectRoom(ROOM.forHooks);
			// Everybody waits for the same promise, which the pool keeps: it is nobody's own.
			this.#drain ??= this.#environment.detached(() => new Drain(this.#awaited, this));
			this.#drain.within(timeout, this.#environment.now());
		} catch (error) {
			return Promise.reject(error);
		}
		this.#tune();
		this.#warmUp?.failed(drained());
		this.#reconciler.run();
		return this.#drain.promise;
	}

	/** Newcomers are refused; those who were there before the drain are still served, and then all is closed. */
	#closeUnused(drain: Drain): void {
		for (let entry = this.#shelf.next; entry !== undefined; entry = this.#shelf.next) {
			if (!this.#reconciler.hasRoom()) return;
			this.#shelf.takeNext(entry, Place.closing);
			this.#destroy(entry, "drained");
		}
		this.#shelf.unwatch();
		this.#opener.backoff.stop();
		for (const entry of [...this.#places.all]) if (entry.place === Place.opening) abort(entry, drained());
		if (this.#places.size + this.#closer.orphans > 0) return;
		drain.end();
		this.#awaited.stop();
		this.#housekeeping.stop();
	}

	lateDrain(timeout: number): PoolError {
		const message = `drain: expected all resources back within ${timeout} ms; ${this.#state()}`;
		return new PoolError("ERR_POOL_TIMEOUT", message);
	}

	/** Takes away what is still out, and waits for no hook but `destroy`. */
	forceDrain(): void {
		const error = drained();
		this.#waiters.rejectAll("drained", error);
		for (const entry of [...this.#places.all]) {
			entry.closeReason ??= "drained";
			if (entry.place === Place.inUse) {
				this.#end(entry);
				this.#close(entry, "drained");
			} else if (entry.place !== Place.closing) {
				entry.hook?.abandon()?.failed(error);
			}
		}
	}

	waitingChanged(somebody: boolean): void {
		this.#opener.backoff.keepAlive(somebody);
	}

	rejected(cause: Rejection, error: unknown): void {
		this.#news.publish("reject", { cause, error });
	}

	someLeft(): void {
		this.#reconciler.run();
	}

	hookFailed(error: unknown, during: FailedHook): void {
		this.#news.tell("error", error, during);
		this.#news.publish("error", { error, during });
	}

	leaked(report: LeakReport<T>): void {
		if (!this.#news.tell("leak", report)) console.warn(report.acquired);
		this.#news.publish("leak", report);
	}

	lateError(timeout: number): PoolError {
		const { failure } = this.#opener.backoff;
		const message = `acquire: expected a resource within ${timeout} ms; ${this.#state()}`;
		return new PoolError("ERR_POOL_TIMEOUT", message, failure && { cause: failure.error });
	}

	/** What errors say about the pool. */
	#state(): string {
		return describePool(this.stats(), this.#settings.max);
	}

	stats(): ResourcePoolStats {
		const leaks = this.#watch?.leaks ?? 0;
		return snapshot(this.#settings.name, this.#places, this.#waiters, this.#counts, leaks, this.#settings);
	}
}

/** Resolves when a resource is clean or closed, if it is being cleaned or closed. */
function settled(entry: Entry<unknown>): Promise<void> {
	if (entry.place !== Place.resetting && entry.place !== Place.closing) return DONE;
	return new Promise((resolve) => {
		const before = entry.settled;
		entry.settled = () => {
			before?.();
			resolve();
		};
	});
}

function drained(): PoolError {
	return new PoolError("ERR_POOL_DRAINED", "acquire: expected a pool that is not drained");
}

function stillborn(): PoolError {
	return new PoolError("ERR_POOL_HOOK", "create: expected a resource that is not retired");
}
