import type { Deadline, Deadlines } from "../base/deadlines.ts";
import { NEVER } from "../base/rules.ts";

export interface DrainOwner {
	/** What a drain that did not end in time is rejected with when all is over. */
	lateDrain(timeout: number): Error;
	/** Ends what is not over. */
	forceDrain(): void;
}

/** The end of a pool, which everybody who wants it waits for together; the earliest of their deadlines counts. */
export class Drain implements Deadline {
	readonly promise: Promise<void>;
	readonly #deadlines: Deadlines;
	readonly #owner: DrainOwner;
	#settle!: () => void;
	/** Once it is done or late, none is earlier. */
	#deadline = NEVER;
	#timeout = NEVER;
	/** Set if it did not end in time. */
	#error: Error | undefined;

	constructor(deadlines: Deadlines, owner: DrainOwner) {
		this.#deadlines = deadlines;
		this.#owner = owner;
		this.promise = new Promise((resolve, reject) => {
			this.#settle = () => (this.#error === undefined ? resolve() : reject(this.#error));
		});
	}

	within(timeout: number, now: number): void {
		const deadline = now + timeout;
		if (deadline >= this.#deadline) return;
		this.#deadlines.set(this, deadline);
		this.#deadline = deadline;
		this.#timeout = timeout;
	}

	fire(): void {
		this.#deadline = -NEVER;
		this.#error = this.#owner.lateDrain(this.#timeout);
		this.#owner.forceDrain();
	}

	/** All is done. */
	end(): void {
		this.#deadline = -NEVER;
		this.#deadlines.cancel(this);
		this.#settle();
	}
}
