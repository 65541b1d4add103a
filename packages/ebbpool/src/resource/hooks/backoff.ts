import { type Deadline, Deadlines } from "../../base/deadlines.ts";
import type { Environment } from "../environment.ts";

export interface BackoffOwner {
	/** A pause is over: something may be tried again. */
	reconcile(): void;
}

/**
 * Spaces attempts that fail: after a failure nothing is tried for a while, twice as long after each further one; then one
 * attempt at a time, until one succeeds.
 */
export class Backoff implements Deadline {
	readonly #first: number;
	readonly #longest: number;
	readonly #deadlines: Deadlines;
	readonly #owner: BackoffOwner;
	#delay: number;
	#pausing = false;
	#suspicious = false;
	/** What the last attempt failed with; `undefined` after a success. */
	failure: { readonly error: unknown } | undefined;

	constructor(
		{ retryDelay, maxRetryDelay }: { readonly retryDelay: number; readonly maxRetryDelay: number },
		environment: Environment,
		owner: BackoffOwner,
	) {
		this.#first = retryDelay;
		this.#longest = Math.max(retryDelay, maxRetryDelay);
		this.#delay = retryDelay;
		this.#deadlines = new Deadlines(environment, false);
		this.#owner = owner;
	}

	/** Whether one more may be tried while so many attempts are under way. */
	allows(underWay: number): boolean {
		return !this.#suspicious || (!this.#pausing && underWay === 0);
	}

	/** One attempt at a time until one succeeds: something broke, and it may have been what all of them need. */
	suspect(): void {
		this.#suspicious = true;
	}

	succeeded(): void {
		this.cancel();
		this.failure = undefined;
		this.#suspicious = false;
		this.#delay = this.#first;
	}

	/** Attempts that were under way together and fail together count as one. */
	failed(error: unknown): void {
		this.failure = { error };
		this.#suspicious = true;
		if (this.#pausing) return;
		this.#deadlines.setIn(this, this.#delay);
		this.#pausing = true;
		this.#delay = Math.min(2 * this.#delay, this.#longest);
	}

	/** Whether the process stays alive for the end of a pause: only where somebody waits for it. */
	keepAlive(alive: boolean): void {
		this.#deadlines.keepAlive(alive);
	}

	fire(): void {
		this.#pausing = false;
		this.#owner.reconcile();
	}

	/** Ends the pause without another attempt. */
	cancel(): void {
		this.#pausing = false;
		this.#deadlines.cancel(this);
	}

	/** Keeps nothing in memory any more. */
	stop(): void {
		this.cancel();
		this.#deadlines.stop();
	}
}
