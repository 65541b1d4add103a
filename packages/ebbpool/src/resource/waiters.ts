import type { PoolError } from "../errors.ts";
import type { Environment } from "../gc/environment.ts";
import { type Alarm, type Alarms, NEVER } from "./alarms.ts";
import { Line, type Resolve, type Ticket, type Waiter } from "./line.ts";
import { SignalWatch } from "./signal-watch.ts";

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
 * One alarm looks after all deadlines: when it rings, it looks through the whole line, which takes one to three milliseconds for
 * 100,000, and it rings once a millisecond at most. So a deadline that is not reached, as most are not, costs nothing.
 */
export class Waiters<L> implements Alarm {
	/** When the alarm rings: never later than at the earliest deadline. */
	#ringsAt = NEVER;
	readonly #line = new Line<L>();
	readonly #signals = new SignalWatch<Ticket<L>>((ticket, reason) => {
		this.#reject(ticket.place, "aborted", reason);
		this.#gone();
	});
	readonly #environment: Environment;
	readonly #alarms: Alarms;
	/** Says why a resource took too long to come. */
	readonly #lateError: (timeout: number) => PoolError;
	/** Called when some were sent away. */
	readonly #gone: () => void;

	served = 0;
	waitTime = 0;
	readonly rejected = { timeout: 0, aborted: 0, queueFull: 0, createFailed: 0, drained: 0 };

	constructor(
		environment: Environment,
		alarms: Alarms,
		lateError: (timeout: number) => PoolError,
		gone: () => void,
	) {
		this.#environment = environment;
		this.#alarms = alarms;
		this.#lateError = lateError;
		this.#gone = gone;
	}

	get size(): number {
		return this.#line.size;
	}

	add(timeout: number, signal: AbortSignal | undefined, acquired: Error | undefined): Promise<L> {
		const now = this.#environment.now();
		const promise = new Promise<L>(capture as (resolve: Resolve<L>) => void);
		const resolve = newResolve as Resolve<L>;
		newResolve = undefined;
		if (signal === undefined && acquired === undefined) {
			this.#line.join(resolve, now, timeout);
		} else {
			const ticket = { place: 0, resolve, signal, acquired };
			this.#line.join(ticket, now, timeout);
			if (signal !== undefined) this.#signals.add(signal, ticket);
		}
		if (now + timeout < this.#ringsAt) this.#ringAt(now + timeout);
		return promise;
	}

	/** Sends away a newcomer who may not even wait. */
	refuse(cause: "aborted" | "queueFull" | "drained", error: unknown): Promise<never> {
		this.rejected[cause]++;
		return Promise.reject(error);
	}

	/** Takes out the one that waits longest, to be served; the caller knows that there is one. */
	next(): Waiter<L> {
		const place = this.#line.front;
		this.served++;
		this.waitTime += this.#environment.now() - this.#line.since(place);
		return this.#take(place);
	}

	ring(): void {
		const earliest = this.#line.late(this.#environment.now(), (place, timeout) =>
			this.#reject(place, "timeout", this.#lateError(timeout)),
		);
		this.#ringAt(earliest);
		this.#gone();
	}

	rejectOldest(cause: Rejection, error: unknown): void {
		if (this.size > 0) this.#reject(this.#line.front, cause, error);
		this.#gone();
	}

	rejectAll(cause: Rejection, error: unknown): void {
		while (this.size > 0) this.#reject(this.#line.front, cause, error);
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
		const waiter = this.#line.leave(place);
		if (typeof waiter !== "function" && waiter.signal !== undefined) {
			this.#signals.remove(waiter.signal, waiter);
		}
		if (this.size === 0) this.#ringAt(NEVER);
		return waiter;
	}

	#ringAt(time: number): void {
		this.#ringsAt = time;
		this.#alarms.set(this, time);
	}
}
