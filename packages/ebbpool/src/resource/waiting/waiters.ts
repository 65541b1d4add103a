import type { Deadline, Deadlines } from "../../base/deadlines.ts";
import type { PoolError } from "../../base/errors.ts";
import { NEVER } from "../../base/rules.ts";
import type { AbortSignalLike } from "../../base/signal.ts";
import type { Environment } from "../environment.ts";
import { SignalWatch } from "./signal-watch.ts";
import { type Resolve, type Ticket, type Waiter, WaiterQueue } from "./waiter-queue.ts";

/** Why a waiter was sent away. */
export type Rejection = "timeout" | "aborted" | "createFailed" | "drained";

let newResolve: Resolve<never> | undefined;
/** Keeps the function that settles the newest promise: no closure of its own for each. */
const capture = (resolve: Resolve<never>): void => {
	newResolve = resolve;
};

/**
 * The callers that wait, first come, first served; each until its one absolute deadline or its signal's abort.
 *
 * One deadline looks after all deadlines: when it fires, it looks through the whole line, which takes one to three milliseconds for
 * 100,000, and it fires once a millisecond at most. So a deadline that is not reached, as most are not, costs nothing.
 */
export class Waiters<L> implements Deadline {
	/** When the deadline fires: never later than at the earliest deadline. */
	#firesAt = NEVER;
	readonly #queue = new WaiterQueue<L>();
	readonly #signals = new SignalWatch<Ticket<L>>((ticket, reason) => {
		this.#reject(ticket.place, "aborted", reason);
		this.#gone();
	});
	readonly #environment: Environment;
	readonly #deadlines: Deadlines;
	/** Says why a resource took too long to come. */
	readonly #lateError: (timeout: number) => PoolError;
	/** Called when some were sent away. */
	readonly #gone: () => void;

	served = 0;
	waitTime = 0;
	readonly rejected = { timeout: 0, aborted: 0, queueFull: 0, createFailed: 0, drained: 0 };

	constructor(
		environment: Environment,
		deadlines: Deadlines,
		lateError: (timeout: number) => PoolError,
		gone: () => void,
	) {
		this.#environment = environment;
		this.#deadlines = deadlines;
		this.#lateError = lateError;
		this.#gone = gone;
	}

	get size(): number {
		return this.#queue.size;
	}

	add(timeout: number, signal: AbortSignalLike | undefined, acquired: Error | undefined): Promise<L> {
		const now = this.#environment.now();
		const promise = new Promise<L>(capture as (resolve: Resolve<L>) => void);
		const resolve = newResolve as Resolve<L>;
		newResolve = undefined;
		if (signal === undefined && acquired === undefined) {
			this.#queue.join(resolve, now, timeout);
		} else {
			const ticket = { place: 0, resolve, signal, acquired };
			this.#queue.join(ticket, now, timeout);
			if (signal !== undefined) this.#signals.add(signal, ticket);
		}
		if (now + timeout < this.#firesAt) this.#fireAt(now + timeout);
		return promise;
	}

	/** Sends away a newcomer who may not even wait. */
	refuse(cause: "aborted" | "queueFull" | "drained", error: unknown): Promise<never> {
		this.rejected[cause]++;
		return Promise.reject(error);
	}

	/** Takes out the one that waits longest, to be served; the caller knows that there is one. */
	next(): Waiter<L> {
		const place = this.#queue.front;
		this.served++;
		this.waitTime += this.#environment.now() - this.#queue.since(place);
		return this.#take(place);
	}

	fire(now: number): void {
		const earliest = this.#queue.late(now, (place, timeout) =>
			this.#reject(place, "timeout", this.#lateError(timeout)),
		);
		this.#fireAt(earliest);
		this.#gone();
	}

	rejectOldest(cause: Rejection, error: unknown): void {
		if (this.size > 0) this.#reject(this.#queue.front, cause, error);
		this.#gone();
	}

	rejectAll(cause: Rejection, error: unknown): void {
		while (this.size > 0) this.#reject(this.#queue.front, cause, error);
		this.#gone();
	}

	#reject(place: number, cause: Rejection, error: unknown): void {
		const waiter = this.#take(place);
		this.rejected[cause]++;
		// A hack: only the function that fulfils is kept of a promise; given a promise that is rejected, it rejects, a few
		// microtasks later. To keep both would be one more object to move for the collector, for each who waits.
		const rejection = Promise.reject(error);
		if (typeof waiter === "function") waiter(rejection);
		else waiter.resolve(rejection);
	}

	#take(place: number): Waiter<L> {
		const waiter = this.#queue.leave(place);
		if (typeof waiter !== "function" && waiter.signal !== undefined) {
			this.#signals.remove(waiter.signal, waiter);
		}
		if (this.size === 0) this.#fireAt(NEVER);
		return waiter;
	}

	#fireAt(time: number): void {
		this.#firesAt = time;
		this.#deadlines.set(this, time);
	}
}
