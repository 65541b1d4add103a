import type { PoolError } from "../base/errors.ts";
import { reasonOf } from "../base/signal.ts";
import { DONE } from "./done.ts";
import { Drain } from "./drain.ts";
import type { Entry } from "./entry.ts";
import { type Environment, hostEnvironment } from "./environment.ts";
import { Keeper } from "./hooks/keeper.ts";
import { Opener } from "./hooks/opener.ts";
import { IdleShelf } from "./idle-shelf.ts";
import { PooledLease } from "./lease.ts";
import { Loans } from "./loans.ts";
import type { News } from "./news.ts";
import type { Owner } from "./owner.ts";
import { makeParts, type Parts } from "./parts.ts";
import { Place, type Places } from "./places.ts";
import { Reconciler } from "./reconciler.ts";
import { refusals } from "./refusals.ts";
import { noRoom } from "./room.ts";
import { readAcquireOptions, readDrainOptions, type Settings, settingsOf, withLimit } from "./settings.ts";
import { describePool, snapshot } from "./snapshot.ts";
import type {
	AcquireOptions,
	CloseReason,
	DrainOptions,
	ResourceLease,
	ResourcePoolOptions,
	ResourcePoolStats,
} from "./types.ts";
import { Waiters } from "./waiting/waiters.ts";

/**
 * Callers and resources do not know each other: a waiter waits for any resource, and a resource that was opened, checked
 * or given back goes to the one that waits longest, or to the shelf. So a caller that gives up takes nothing with it,
 * and a resource that comes too late for its caller is there for the next.
 *
 * Hooks and listeners may call the pool: each step leaves it consistent before it calls one. A step that changes several
 * things begins with a look at the stack: where that has no room, the step is put off.
 */
export class BoundedPool<T> implements Owner<T> {
	readonly settings: Settings<T>;
	readonly #parts: Parts<T>;
	readonly news: News<T>;
	readonly #places: Places<Entry<T>>;
	readonly waiters: Waiters<ResourceLease<T>>;
	readonly #keeper: Keeper<T>;
	readonly #opener: Opener<T>;
	readonly shelf: IdleShelf<T>;
	readonly #loans: Loans<T>;
	readonly #reconciler = new Reconciler(this);
	readonly #maxUses: number;
	readonly #validates: boolean;
	/** Whether `acquire` may lend what is idle without looking further. */
	#quick = false;
	/** Whether a release has nothing to do but pass the resource on. */
	#plain = false;
	/** Leases so far. */
	#acquired = 0;
	#drain: Drain<T> | undefined;

	constructor(options: ResourcePoolOptions<T>, environment: Environment = hostEnvironment) {
		const settings = settingsOf(options);
		const parts = makeParts(settings, environment, () => this.#tune());
		this.settings = settings;
		this.#parts = parts;
		this.news = parts.news;
		this.#places = parts.places;
		this.#maxUses = settings.maxUses;
		this.#validates = settings.validate !== undefined;
		this.waiters = new Waiters(parts, this);
		this.#keeper = new Keeper(parts, this);
		this.#opener = new Opener(parts, this.waiters, this.#keeper, this);
		this.shelf = new IdleShelf(parts, this);
		this.#loans = new Loans(parts);
		this.#tune();
		if (settings.warm) this.#reconciler.run();
	}

	acquire(options?: AcquireOptions): Promise<ResourceLease<T>> {
		if (this.#quick && options === undefined) {
			const entry = this.shelf.next;
			if (entry !== undefined) {
				const lease = new PooledLease(this, entry);
				const lent = Promise.resolve(lease);
				// This is the first change, and the last call that can throw.
				this.#places.lend(entry);
				entry.lease = lease;
				this.#acquired++;
				return lent;
			}
			const { max, maxWaiting, acquireTimeout } = this.settings;
			// All are in others' hands: there is nothing to do but to wait.
			if (this.#places.size >= max && this.waiters.size < maxWaiting) {
				const promise = this.waiters.join(acquireTimeout);
				if (promise !== undefined) return promise;
			}
		}
		return this.#acquireSlow(options);
	}

	#acquireSlow(given: AcquireOptions | undefined): Promise<ResourceLease<T>> {
		let promise: Promise<ResourceLease<T>>;
		try {
			const options: AcquireOptions = given === undefined ? {} : readAcquireOptions(given, "acquire");
			const { signal, timeout = this.settings.acquireTimeout, priority = 0 } = options;
			if (this.#drain !== undefined) return this.waiters.refuse("drained", refusals.drained());
			if (signal?.aborted) return this.waiters.refuse("aborted", reasonOf(signal));
			const lease = this.tryAcquire();
			if (lease !== undefined) return Promise.resolve(lease);
			if (!this.#parts.room.forCommonWork) throw noRoom();
			const { max, maxWaiting } = this.settings;
			if (this.waiters.size >= this.#places.coming(max) + maxWaiting) {
				return this.waiters.refuse("queueFull", refusals.queueFull(maxWaiting, this.describe()));
			}
			promise = this.waiters.add(timeout, priority, signal, this.#loans.stack());
		} catch (error) {
			return Promise.reject(error);
		}
		this.#reconciler.run();
		return promise;
	}

	/** Lends what is idle, unless that must be looked at first or somebody waits for it. */
	tryAcquire(): ResourceLease<T> | undefined {
		const entry = this.shelf.next;
		if (entry === undefined || this.#validates || this.waiters.size > 0 || this.#drain) return undefined;
		if (!this.#quick && !this.#parts.room.forCommonWork) throw noRoom();
		const acquired = this.#loans.stack();
		const lease = new PooledLease(this, entry);
		// As in `acquire`, where it is quick: the first change, and the last call that can throw.
		this.#places.lend(entry);
		this.#acquired++;
		if (this.#quick) entry.lease = lease;
		else this.#loans.begin(entry, lease, 0, acquired);
		return lease;
	}

	/** Lends a resource that nobody uses to the waiter whose turn it is. */
	#serve(entry: Entry<T>): void {
		const lease = new PooledLease(this, entry);
		const waiter = this.waiters.next();
		this.#places.move(entry, Place.inUse);
		const resolve = typeof waiter === "function" ? waiter : waiter.resolve;
		const acquired = typeof waiter === "function" ? undefined : waiter.acquired;
		this.#acquired++;
		this.#loans.begin(entry, lease, this.waiters.lastWait, acquired);
		resolve(lease);
	}

	/** Does what there is to do now that somebody came or left, or a place or resource became free. */
	reconcile(): void {
		this.#reconciler.run();
	}

	/** Puts to use what waits on the shelf, and opens what is missing, until each waiter has one on its way. */
	round(): void {
		while (this.#places.count(Place.checking) < this.waiters.size) {
			const entry = this.shelf.next;
			if (entry === undefined) break;
			this.#places.move(entry, Place.checking);
			if (this.#validates) this.#keeper.validate(entry);
			else this.#serve(entry);
		}
		this.#opener.openMissing();
		this.#drain?.goOn();
	}

	/** Passes a resource that nobody uses on to the next waiter, or to the shelf. */
	#pass(entry: Entry<T>, checked: boolean): void {
		const reason = entry.closeReason ?? (this.#places.exceed(this.settings.max) ? "surplus" : undefined);
		if (reason !== undefined) {
			this.#close(entry, reason);
			return;
		}
		if (entry.fresh) this.#opener.backoff.succeeded();
		entry.fresh = false;
		if (this.waiters.size > 0 && checked) {
			this.#serve(entry);
			if (this.#drain !== undefined) this.#reconciler.run();
		} else {
			this.shelf.put(entry);
			if (this.waiters.size > 0 || this.#drain !== undefined) this.#reconciler.run();
		}
	}

	opened(entry: Entry<T>): void {
		if (this.settings.validateNew && this.#validates && entry.closeReason === undefined) {
			this.#places.move(entry, Place.checking);
			this.#keeper.validate(entry);
		} else {
			this.#pass(entry, true);
		}
		// After failures one is tried at a time: now others may follow.
		this.#reconciler.run();
	}

	giveBack(entry: Entry<T>): Promise<void> {
		const more = entry.uses + 1 < this.#maxUses && entry.closeReason === undefined;
		if (this.#plain && more) {
			if (this.waiters.size === 0) {
				if (this.shelf.watching) {
					// This is the first change, and the last call that can throw.
					this.shelf.putBack(entry);
					entry.uses++;
					entry.lease = undefined;
					return DONE;
				}
			} else if (this.#quick && this.#parts.room.forHandOver) {
				const lease = new PooledLease(this, entry);
				const resolve = this.waiters.leave();
				if (resolve !== undefined) {
					entry.uses++;
					entry.lease = lease;
					this.#acquired++;
					resolve(lease);
					return DONE;
				}
			}
		}
		return this.#endLease(entry, false);
	}

	throwAway(entry: Entry<T>): Promise<void> {
		return this.#endLease(entry, true);
	}

	/** Ends a lease; where the stack has no room for what follows, in a microtask. */
	#endLease(entry: Entry<T>, discarded: boolean): Promise<void> {
		if (!this.#parts.room.forCommonWork) {
			const { lease } = entry;
			return this.#parts.room.later(() => (entry.lease === lease ? this.#endLease(entry, discarded) : DONE));
		}
		this.#loans.end(entry);
		if (discarded) this.#close(entry, entry.closeReason ?? "discarded");
		else this.#giveBack(entry);
		return entry.whenSettled();
	}

	#giveBack(entry: Entry<T>): void {
		if (++entry.uses >= this.#maxUses) entry.closeReason ??= "uses";
		const { closeReason } = entry;
		if (closeReason !== undefined) {
			this.#close(entry, closeReason);
		} else if (this.settings.reset === undefined) {
			this.#pass(entry, !this.#validates);
		} else {
			this.#places.move(entry, Place.resetting);
			this.#keeper.reset(entry);
		}
	}

	validated(entry: Entry<T>, good: boolean): void {
		if (good) this.#pass(entry, true);
		else this.#close(entry, entry.closeReason ?? "invalid");
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
		if (!this.#parts.room.forRareWork) {
			void this.#parts.room.later(() => this.retired(entry, reason));
			return;
		}
		if (entry.place >= Place.closing) return;
		if (entry.place === Place.opening) {
			const call = entry.hook?.abandon();
			if (call !== undefined) {
				call.failed(reason ?? refusals.stillborn());
				return;
			}
		}
		entry.error ??= reason;
		const { backoff } = this.#opener;
		if (entry.uses === 0 && entry.place === Place.idle) backoff.failed(reason ?? refusals.stillborn());
		else backoff.suspect();
		this.#closeWhenFree(entry, "retired");
		if (reason !== undefined) this.news.tell("error", reason, "retire");
	}

	expired(entry: Entry<T>): void {
		this.#closeWhenFree(entry, "lifetime");
	}

	/** Closes a resource as soon as nobody uses it. */
	#closeWhenFree(entry: Entry<T>, reason: CloseReason): void {
		entry.closeReason ??= reason;
		if (entry.place === Place.idle) this.giveUp(entry, reason);
	}

	giveUp(entry: Entry<T>, reason: CloseReason): void {
		this.#places.move(entry, Place.closing);
		this.#destroy(entry, reason);
	}

	/** Closes a resource that is in nobody's hands any more. */
	#close(entry: Entry<T>, reason: CloseReason): void {
		this.#places.move(entry, Place.closing);
		// Of no use to anybody: else one like it would follow at once, and so on without an end.
		const useless = entry.fresh && (reason === "retired" || reason === "invalid");
		if (useless) this.#opener.failed(entry.error ?? refusals.stillborn());
		// As one that was retired: what broke it may be what all of them need.
		else if (reason === "invalid" || reason === "reset") this.#opener.backoff.suspect();
		this.#destroy(entry, reason);
	}

	#destroy(entry: Entry<T>, reason: CloseReason): void {
		this.#parts.housekeeping.cancel(entry);
		this.#keeper.close(entry, reason);
		// A waiter that counted on it may find another.
		this.#reconciler.run();
	}

	closed(entry: Entry<T>, reason: CloseReason): void {
		const item = entry.item as T;
		entry.item = undefined;
		entry.hook = undefined;
		this.#places.move(entry, Place.gone);
		this.#parts.counts.closed[reason]++;
		this.#tune();
		this.news.tell("close", item, reason);
		this.#reconciler.run();
		entry.settle();
	}

	/** Opens what is missing up to `min`; resolves when so many are open. */
	warmUp(): Promise<void> {
		if (this.#drain !== undefined) return Promise.reject(refusals.drained("warmUp"));
		return this.#opener.warmUp();
	}

	/** @throws `ERR_POOL_OPTION` */
	setLimit(limit: "min" | "max", value: number): void {
		withLimit(this.settings, limit, value);
		this.#tune();
		this.shelf.trim();
		this.#reconciler.run();
	}

	/** Decides anew whether there is more to do than the quick halves of `acquire` and `release` do. */
	#tune(): void {
		this.#loans.tune();
		const simple = this.#loans.plain && this.#drain === undefined;
		this.#quick = simple && !this.#validates;
		this.#plain = simple && this.settings.reset === undefined && this.shelf.plain;
	}

	drain(given: DrainOptions = {}): Promise<void> {
		const { environment, room } = this.#parts;
		try {
			const { timeout = this.settings.drainTimeout } = readDrainOptions(given);
			if (!room.forRareWork) throw noRoom();
			// Everybody waits for the same promise, which the pool keeps: it is nobody's own.
			this.#drain ??= environment.detached(
				() => new Drain(this.#parts, this.waiters, this.shelf, this.#opener, this.#keeper, this),
			);
			this.#drain.within(timeout);
		} catch (error) {
			return Promise.reject(error);
		}
		this.#tune();
		this.#reconciler.run();
		return this.#drain.promise;
	}

	takeAway(entry: Entry<T>): void {
		this.#loans.end(entry);
		this.#close(entry, "drained");
	}

	waitingChanged(somebody: boolean): void {
		this.#opener.backoff.keepAlive(somebody);
	}

	lateError(timeout: number): PoolError {
		return refusals.late(timeout, this.describe(), this.#opener.backoff.failure);
	}

	describe(): string {
		return describePool(this.#snapshot());
	}

	stats(): ResourcePoolStats {
		this.#parts.awaited.catchUp();
		this.#parts.housekeeping.catchUp();
		return this.#snapshot();
	}

	#snapshot(): ResourcePoolStats {
		return snapshot(this.settings, this.#places, this.waiters, this.#parts.counts, this.#acquired);
	}
}
