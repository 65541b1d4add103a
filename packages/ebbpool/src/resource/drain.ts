import type { Deadline, Deadlines } from "../base/deadlines.ts";
import { NEVER } from "../base/rules.ts";

/** The end of a pool, which everybody who wants it waits for together; the earliest of their deadlines counts. */
export class Drain implements Deadline {
	readonly promise: Promise<void>;
	readonly #deadlines: Deadlines;
	readonly #late: (timeout: number) => Error;
	readonly #force: () => void;
	#settle!: () => void;
	/** Once it is over or late, none is earlier. */
	#deadline = NEVER;
	#timeout = NEVER;
	/** Set if it did not end in time. */
	#error: Error | undefined;

	/**
	 * @param late - called at the deadline; makes what the promise is rejected with when all is over
	 * @param force - called then, to end what is not over
	 */
	constructor(deadlines: Deadlines, late: (timeout: number) => Error, force: () => void) {
		this.#deadlines = deadlines;
		this.#late = late;
		this.#force = force;
		this.promise = new Promise((resolve, reject) => {
			this.#settle = () => (this.#error === undefined ? resolve() : reject(this.#error));
		});
	}

	within(timeout: number, now: number): void {
		const deadline = now + timeout;
		if (deadline >= this.#deadline) return;
		this.#deadline = deadline;
		this.#timeout = timeout;
		this.#deadlines.set(this, deadline);
	}

	fire(): void {
		this.#deadline = -NEVER;
		this.#error = this.#late(this.#timeout);
		this.#force();
	}

	/** All is over. */
	end(): void {
		this.#deadline = -NEVER;
		this.#deadlines.cancel(this);
		this.#settle();
	}
}
