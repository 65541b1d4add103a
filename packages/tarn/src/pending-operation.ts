import type { Departure } from "./departure.ts";

/** What `acquire` returns: the promise of a resource, and the means to give up. */
export class PendingOperation<T> {
	promise: Promise<T>;
	isRejected = false;
	/** What a creation failed with meanwhile, if the wait ended by its timeout. */
	possibleTimeoutCause: Error | null = null;
	/** @internal How it leaves where it waits. */
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

	/** @internal Whether it is decided, also where its promise is to be told yet. */
	get settled(): boolean {
		return this.#settled;
	}

	abort(): void {
		this.reject(new Error("aborted"));
	}

	reject(error: unknown): void {
		if (this.#settled) return;
		// Who waits is told by the pool, when it has let go of the operation.
		if (this._departure === undefined) this._fail(error);
		else {
			this.#settled = this.isRejected = true;
			this._departure.abort(error);
		}
	}

	/** @internal */
	_fail(error: unknown): void {
		this.#settled = this.isRejected = true;
		this.#reject(error);
	}

	resolve(value: T): void {
		this.#settled = true;
		this.#resolve(value);
	}
}
