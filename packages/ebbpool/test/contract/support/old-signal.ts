/** A signal such as polyfills make: no reason, no `throwIfAborted`. */
export class OldSignal {
	aborted = false;
	readonly #listeners = new Set<() => void>();

	/** How many listen. */
	get listened(): number {
		return this.#listeners.size;
	}

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

/** A signal that aborts while it is listened to: it tells the listener of that at once, or nobody. */
export class HastySignal extends OldSignal {
	readonly #tells: boolean;

	constructor(tells: boolean) {
		super();
		this.#tells = tells;
	}

	override addEventListener(type: "abort", listener: () => void): void {
		super.addEventListener(type, listener);
		if (this.#tells) this.abort();
		else this.aborted = true;
	}
}
