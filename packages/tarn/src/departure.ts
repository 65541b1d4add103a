import type { AcquireOptions } from "ebbpool/resource";

/**
 * What the pool behind it uses of an `AbortSignal`, for one who waits: an `AbortController` for each would take longer than
 * all the rest of an `acquire`.
 */
export class Departure {
	aborted = false;
	/** Nobody is told of it: who leaves was told before. */
	readonly reason = "aborted";
	#listener: (() => void) | undefined;

	/** Tells the pool behind it that nobody else waits under it. */
	get [Symbol.for("ebbpool.one-callers-signal")](): true {
		return true;
	}

	addEventListener(_type: "abort", listener: () => void): void {
		this.#listener = listener;
	}

	removeEventListener(): void {
		this.#listener = undefined;
	}

	abort(): void {
		this.aborted = true;
		this.#listener?.();
	}

	get signal(): AcquireOptions["signal"] {
		return this as unknown as AcquireOptions["signal"];
	}
}
