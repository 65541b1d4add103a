import type { AcquireOptions } from "ebbpool/resource";

/**
 * What the pool behind it uses of an `AbortSignal`, for one who waits: an `AbortController` for each would take longer than
 * all the rest of an `acquire`.
 */
export class Departure {
	aborted = false;
	reason: unknown;
	#listener: (() => void) | undefined;

	addEventListener(_type: "abort", listener: () => void): void {
		this.#listener = listener;
	}

	removeEventListener(): void {
		this.#listener = undefined;
	}

	abort(reason: unknown): void {
		this.aborted = true;
		this.reason = reason;
		this.#listener?.();
	}

	get signal(): AcquireOptions["signal"] {
		return this as unknown as AcquireOptions["signal"];
	}
}
