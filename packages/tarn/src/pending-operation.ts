/** What `acquire` returns: the promise of a resource, and the means to give up. */
export class PendingOperation<T> {
	promise: Promise<T>;
	isRejected = false;
	/** What a creation failed with meanwhile, if the wait ended by its timeout. */
	possibleTimeoutCause: Error | null = null;
	#settled = false;
	#settle!: { resolve(value: T): void; reject(error: unknown): void };
	/** Gives up the place in the queue. */
	readonly #leave: (operation: PendingOperation<T>) => void;

	constructor(leave: (operation: PendingOperation<T>) => void) {
		this.#leave = leave;
		this.promise = new Promise<T>((resolve, reject) => {
			this.#settle = { resolve, reject };
		});
	}

	abort(): void {
		this.reject(new Error("aborted"));
	}

	reject(error: unknown): void {
		if (this.#settled) return;
		this.#settled = true;
		this.#settle.reject(error);
		this.isRejected = true;
		this.#leave(this);
	}

	resolve(value: T): void {
		this.#settled = true;
		this.#settle.resolve(value);
	}
}
