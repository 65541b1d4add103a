// As much of AbortController as the tests use, for engines that come without: what a program there would load as a polyfill.

type Listener = (event: { readonly type: string }) => void;

class Signal {
	aborted = false;
	reason: unknown;
	readonly #listeners = new Map<Listener, boolean>();

	addEventListener(_type: "abort", listener: Listener, { once = false } = {}): void {
		this.#listeners.set(listener, once);
	}

	removeEventListener(_type: "abort", listener: Listener): void {
		this.#listeners.delete(listener);
	}

	throwIfAborted(): void {
		if (this.aborted) throw this.reason;
	}

	/** Of the controller alone. */
	abort(reason: unknown): void {
		if (this.aborted) return;
		this.aborted = true;
		this.reason = reason;
		for (const [listener, once] of [...this.#listeners]) {
			if (once) this.#listeners.delete(listener);
			listener({ type: "abort" });
		}
	}

	static abort(reason: unknown): Signal {
		const signal = new Signal();
		signal.abort(reason);
		return signal;
	}
}

class Controller {
	readonly signal = new Signal();

	abort(
		reason: unknown = Object.assign(new Error("This operation was aborted"), { name: "AbortError" }),
	): void {
		this.signal.abort(reason);
	}
}

export const lentAbort = { AbortController: Controller, AbortSignal: Signal };
