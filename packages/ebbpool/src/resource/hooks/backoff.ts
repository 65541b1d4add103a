import type { Deadline, Deadlines } from "../../base/deadlines.ts";

/**
 * Spaces attempts that fail: after a failure nothing is tried for a while, twice as long after each further one; then one
 * attempt at a time, until one succeeds.
 */
export class Backoff implements Deadline {
	readonly #first: number;
	readonly #longest: number;
	readonly #deadlines: Deadlines;
	readonly #over: () => void;
	#delay: number;
	#waiting = false;
	/** What the last attempt failed with; `undefined` after a success. */
	failure: { readonly error: unknown } | undefined;

	constructor(first: number, longest: number, deadlines: Deadlines, over: () => void) {
		this.#first = first;
		this.#longest = Math.max(first, longest);
		this.#delay = first;
		this.#deadlines = deadlines;
		this.#over = over;
	}

	/** Whether one more may be tried while so many attempts are under way. */
	allows(underWay: number): boolean {
		return this.failure === undefined || (!this.#waiting && underWay === 0);
	}

	succeeded(): void {
		this.cancel();
		this.failure = undefined;
		this.#delay = this.#first;
	}

	/** Attempts that were under way together and fail together count as one. */
	failed(error: unknown): void {
		this.failure = { error };
		if (this.#waiting) return;
		this.#waiting = true;
		this.#deadlines.setIn(this, this.#delay);
		this.#delay = Math.min(2 * this.#delay, this.#longest);
	}

	fire(): void {
		this.#waiting = false;
		this.#over();
	}

	/** Ends the pause without another attempt. */
	cancel(): void {
		this.#waiting = false;
		this.#deadlines.cancel(this);
	}
}
