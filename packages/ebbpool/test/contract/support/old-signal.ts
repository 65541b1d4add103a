/** A signal such as polyfills make: no reason, no `throwIfAborted`. */
export class OldSignal {
	aborted = false;
	readonly #listeners = new Set<() => void>();

	addEventListener(_: "abort", listener: () => void): void {
		this.#listeners.add(listener);
	}

	removeEventListener(_: "abort", listener: () => void): void {
		this.#listeners.delete(listener);
	}

	abort(): void {
		this.aborted = true;
		for (const listener of [...this.#listeners]) listener();
	}
}

/** A signal of which one part throws. */
export function failingSignal(part: "reason" | "aborted" | "addEventListener", failure: unknown): OldSignal {
	const fail = (): never => {
		throw failure;
	};
	const how = part === "addEventListener" ? { value: fail } : { get: fail };
	return Object.defineProperty(new OldSignal(), part, how);
}
