import type { Departure } from "./departure.ts";

/** What `acquire` returns: the promise of a resource, and the means to give up. */
export class PendingOperation<T> {
	promise: Promise<T>;
	isRejected = false;
	/** What a creation failed with meanwhile, if the wait ended by its timeout. */
	possibleTimeoutCause: Error | null = null;
	/** @internal Where it waits, if it does. */
	_departure: Departure | undefined;
	#settled = false;
	#resolve!: (value: T) => void;
	#reject!: (error: unknown) => void;

	constructor() {
		this.promise = new Promise<T>((resolve, reject) => {
			this.#resolve = resolve;
			this.#reject = reject;
		});
	}

	/** @internal */
	get settled(): boolean {
		return this.#settled;
	}

	abort(): void {
		this.reject(new Error("aborted"));
	}

	reject(error: unknown): void {
		if (this.#settled) return;
		this.#settled = true;
		this.#reject(error);
		this.isRejected = true;
		this._departure?.abort();
	}

	resolve(value: T): void {
		this.#settled = true;
		this.#resolve(value);
	}
}
