import type { Deadline, Deadlines } from "../../base/deadlines.ts";
import type { PoolError } from "../../base/errors.ts";
import { NEVER } from "../../base/rules.ts";
import { type AbortSignalLike, reasonOf } from "../../base/signal.ts";
import type { Environment } from "../environment.ts";
import type { News } from "../news.ts";
import type { Parts } from "../parts.ts";
import type { Room } from "../room.ts";
import type { Rejections } from "../types.ts";
import { SignalWatch } from "./signal-watch.ts";
import { type Resolve, type Waiter, WaiterQueue, type WatchedWaiter } from "./waiter-queue.ts";

/** Why a caller was sent away. */
export type Rejection = keyof Rejections;

type WaitersParts = Pick<Parts<never>, "environment" | "room" | "awaited"> & {
	readonly news: Pick<News<never>, "publish">;
};

export interface WaitersOwner {
	/** Says why a resource took too long to come. */
	lateError(timeout: number): PoolError;
	/** Some were sent away, and that was all for now. */
	reconcile(): void;
	/** Now somebody waits, or nobody any more. */
	waitingChanged(somebody: boolean): void;
}

let newResolve: Resolve<never> | undefined;
/** Keeps the function that settles the newest promise: no closure of its own for each. */
const capture = (resolve: Resolve<never>): void => {
	newResolve = resolve;
};

/**
 * The callers that wait, by priority and then first come, first served; each until its one absolute deadline or its
 * signal's abort.
 *
 * One deadline looks after all deadlines: when it fires, it looks through all callers, which takes one to three milliseconds for
 * 100,000, and it fires once a millisecond at most. So a deadline that is not reached, as most are not, costs nothing.
 */
export class Waiters<L> implements Deadline {
	readonly #environment: Environment;
	readonly #room: Room;
	readonly #news: WaitersParts["news"];
	readonly #deadlines: Deadlines;
	readonly #owner: WaitersOwner;
	/** When the deadline fires: never later than at the earliest deadline. */
	#firesAt = NEVER;
	/** By priority, the first one first; made when somebody waits with that priority. */
	readonly #queues: (WaiterQueue<L> | undefined)[] = [];
	readonly #signals: SignalWatch<WatchedWaiter<L>>;
	/** How many wait. */
	size = 0;
	served = 0;
	/** How long those who were served waited, all together and the last one. */
	waitTime = 0;
	lastWait = 0;
	/** What callers were told that were sent away, but for the errors of others. */
	readonly told = new WeakSet<object>();
	readonly rejections = { timeout: 0, aborted: 0, queueFull: 0, createFailed: 0, drained: 0 };

	constructor({ environment, room, awaited, news }: WaitersParts, owner: WaitersOwner) {
		this.#environment = environment;
		this.#room = room;
		this.#news = news;
		this.#deadlines = awaited;
		this.#owner = owner;
		this.#signals = new SignalWatch((waiters, reason) => this.#abort(waiters, reason));
	}

	/**
	 * Lets one more wait behind others, as most do. The last call that can throw is the first change.
	 *
	 * @returns nothing where there is more to it than that
	 */
	join(timeout: number): Promise<L> | undefined {
		const queue = this.#queues[0];
		if (this.size === 0 || queue === undefined || !queue.hasRoom) return undefined;
		const now = this.#environment.now();
		if (now + timeout < this.#firesAt || !this.#deadlines.current) return undefined;
		const promise = new Promise<L>(capture as (resolve: Resolve<L>) => void);
		const resolve = newResolve as Resolve<L> | undefined;
		newResolve = undefined;
		// Where the stack ends, a promise is made, and rejected, without a call of `capture`.
		if (resolve === undefined) return promise;
		queue.push(resolve, now, timeout);
		this.size++;
		return promise;
	}

	/**
	 * Takes out whoever is first, to be served, if others are left behind. The last call that can throw is the first change.
	 *
	 * @returns nothing where there is more to it than that
	 */
	leave(): Resolve<L> | undefined {
		const queue = this.#queues[0];
		if (queue === undefined || queue.size < 2) return undefined;
		const resolve = queue.first;
		if (typeof resolve !== "function") return undefined;
		const waited = this.#environment.now() - queue.since(queue.front);
		queue.shift();
		this.size--;
		this.served++;
		this.waitTime += waited;
		return resolve;
	}

	/** @throws what the signal throws; then nobody waits */
	add(
		timeout: number,
		priority: number,
		signal: AbortSignalLike | undefined,
		acquired: Error | undefined,
	): Promise<L> {
		const now = this.#environment.now();
		const promise = new Promise<L>(capture as (resolve: Resolve<L>) => void);
		const resolve = newResolve as Resolve<L>;
		newResolve = undefined;
		let waiter: Waiter<L> = resolve;
		if (signal !== undefined || acquired !== undefined) {
			waiter = { queue: undefined, index: 0, resolve, watch: undefined, acquired };
			if (signal !== undefined) {
				waiter.watch = this.#signals.add(signal, waiter);
				if (waiter.watch === undefined) return this.refuse("aborted", reasonOf(signal));
			}
		}
		const queue = this.#queues[priority] ?? new WaiterQueue();
		this.#queues[priority] = queue;
		queue.add(waiter, now, timeout);
		if (++this.size === 1) this.#owner.waitingChanged(true);
		// Others may wait with timers that are no longer in force, as test runners put their own in their place.
		if (now + timeout < this.#firesAt || !this.#deadlines.current) {
			this.#fireAt(Math.min(now + timeout, this.#firesAt));
		}
		return promise;
	}

	/** Sends away a newcomer who may not even wait. */
	refuse(cause: "aborted" | "queueFull" | "drained", error: unknown): Promise<never> {
		this.#count(cause, error);
		return Promise.reject(error);
	}

	/** Takes out the first one, to be served; the caller knows that there is one. */
	next(): Waiter<L> {
		const queue = this.#first();
		this.lastWait = this.#environment.now() - queue.since(queue.front);
		this.waitTime += this.lastWait;
		this.served++;
		return this.#take(queue, queue.front);
	}

	fire(now: number): void {
		let earliest = NEVER;
		for (const queue of this.#queues) {
			if (queue === undefined) continue;
			const next = queue.late(now, (index, timeout) =>
				this.#reject(queue, index, "timeout", this.#owner.lateError(timeout)),
			);
			earliest = Math.min(earliest, next);
		}
		this.#fireAt(earliest);
		this.#owner.reconcile();
	}

	/** Sends away so many, the first ones first. */
	reject(count: number, cause: Rejection, error: unknown): void {
		for (let left = count; left > 0 && this.size > 0; left--) {
			const queue = this.#first();
			this.#reject(queue, queue.front, cause, error);
		}
		this.#owner.reconcile();
	}

	#abort(waiters: Iterable<WatchedWaiter<L>>, reason: unknown): void {
		if (!this.#room.forRareWork) {
			void this.#room.later(() => this.#abort(waiters, reason));
			return;
		}
		for (const { queue, index } of waiters) {
			if (queue !== undefined) this.#reject(queue, index, "aborted", reason);
		}
		this.#owner.reconcile();
	}

	#reject(queue: WaiterQueue<L>, index: number, cause: Rejection, error: unknown): void {
		const waiter = this.#take(queue, index);
		// A hack: only the function that fulfils is kept of a promise; given a promise that is rejected, it rejects, a few
		// microtasks later. To keep both would be one more object to move for the collector, for each who waits.
		const rejection = Promise.reject(error);
		if (typeof waiter === "function") waiter(rejection);
		else waiter.resolve(rejection);
		this.#count(cause, error);
	}

	#count(cause: Rejection, error: unknown): void {
		this.rejections[cause]++;
		if (cause !== "aborted" && cause !== "createFailed") this.told.add(error as PoolError);
		this.#news.publish("reject", error, cause);
	}

	/** The queue of whoever is first. */
	#first(): WaiterQueue<L> {
		for (const queue of this.#queues) if (queue !== undefined && queue.size > 0) return queue;
		throw new Error("nobody waits");
	}

	#take(queue: WaiterQueue<L>, index: number): Waiter<L> {
		const waiter = queue.remove(index);
		if (--this.size === 0) {
			this.#fireAt(NEVER);
			this.#owner.waitingChanged(false);
		}
		if (typeof waiter !== "function" && waiter.watch !== undefined) {
			this.#signals.remove(waiter.watch, waiter);
		}
		return waiter;
	}

	#fireAt(time: number): void {
		this.#firesAt = time;
		this.#deadlines.set(this, time);
	}
}
