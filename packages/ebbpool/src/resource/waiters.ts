import type { PoolError } from "../errors.ts";
import type { Environment } from "../gc/environment.ts";
import type { Alarm, Alarms } from "./alarms.ts";
import { Linked, LinkedList } from "./linked-list.ts";
import { SignalWatch } from "./signal-watch.ts";

/** Why a waiter was sent away. */
export type Rejection = "timeout" | "aborted" | "createFailed" | "drained";

type Resolve<L> = (lease: L) => void;
type Reject = (error: unknown) => void;

let newResolve: Resolve<never>;
let newReject: Reject;
/** Keeps the functions of the newest promise for its waiter: no closure of its own for each. */
const capture = (resolve: Resolve<never>, reject: Reject): void => {
	newResolve = resolve;
	newReject = reject;
};

/** One caller of `acquire` that waits; it settles the promise that was made last. */
export class Waiter<L> extends Linked<Waiter<L>> implements Alarm {
	slot = -1;
	readonly resolve: Resolve<L>;
	readonly reject: Reject;
	readonly #queue: Waiters<L>;
	/** When it began to wait. */
	readonly since: number;
	readonly timeout: number;
	readonly signal: AbortSignal | undefined;
	/** Carries the stack of the `acquire`, where leases are watched. */
	readonly acquired: Error | undefined;

	constructor(
		queue: Waiters<L>,
		since: number,
		timeout: number,
		signal: AbortSignal | undefined,
		acquired: Error | undefined,
	) {
		super();
		this.resolve = newResolve as Resolve<L>;
		this.reject = newReject;
		this.#queue = queue;
		this.since = since;
		this.timeout = timeout;
		this.signal = signal;
		this.acquired = acquired;
	}

	ring(): void {
		this.#queue.expire(this);
	}

	abort(reason: unknown): void {
		this.#queue.reject(this, "aborted", reason);
	}
}

/** The callers that wait, first come, first served; each until its one absolute deadline or its signal's abort. */
export class Waiters<L> {
	readonly #list = new LinkedList<Waiter<L>>();
	readonly #signals = new SignalWatch<Waiter<L>>();
	readonly #environment: Environment;
	readonly #alarms: Alarms;
	/** Says why a resource took too long to come; the last failed creation, if any, is its cause. */
	readonly #lateError: (timeout: number) => PoolError;
	/** Called whenever one was sent away. */
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
		return this.#list.size;
	}

	add(timeout: number, signal: AbortSignal | undefined, acquired: Error | undefined): Promise<L> {
		const now = this.#environment.now();
		const promise = new Promise<L>(capture as (resolve: Resolve<L>, reject: Reject) => void);
		const waiter = new Waiter(this, now, timeout, signal, acquired);
		this.#list.push(waiter);
		this.#alarms.set(waiter, now + timeout);
		if (signal !== undefined) this.#signals.add(signal, waiter);
		return promise;
	}

	/** Takes out the one that waits longest, to be served; the caller knows that there is one. */
	next(): Waiter<L> {
		const waiter = this.#list.oldest as Waiter<L>;
		this.#remove(waiter);
		this.served++;
		this.waitTime += this.#environment.now() - waiter.since;
		return waiter;
	}

	expire(waiter: Waiter<L>): void {
		this.reject(waiter, "timeout", this.#lateError(waiter.timeout));
	}

	reject(waiter: Waiter<L>, cause: Rejection, error: unknown): void {
		this.#remove(waiter);
		this.rejected[cause]++;
		waiter.reject(error);
		this.#gone();
	}

	rejectOldest(cause: Rejection, error: unknown): void {
		const waiter = this.#list.oldest;
		if (waiter !== undefined) this.reject(waiter, cause, error);
	}

	rejectAll(cause: Rejection, error: unknown): void {
		for (let left = this.#list.size; left > 0; left--) this.rejectOldest(cause, error);
	}

	#remove(waiter: Waiter<L>): void {
		this.#list.remove(waiter);
		this.#alarms.cancel(waiter);
		if (waiter.signal !== undefined) this.#signals.remove(waiter.signal, waiter);
	}
}
