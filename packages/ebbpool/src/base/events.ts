import { reportUncaught } from "./errors.ts";

/** Listeners by event. */
export class Events<E extends { [K in keyof E]: (...args: never[]) => void }> {
	readonly #listeners = new Map<keyof E, Set<{ readonly call: E[keyof E] }>>();

	on<K extends keyof E>(event: K, listener: E[K]): () => void {
		const entry = { call: listener };
		const listeners = this.#listeners.get(event) ?? new Set();
		this.#listeners.set(event, listeners.add(entry));
		return () => void listeners.delete(entry);
	}

	/** @returns whether anybody listens */
	emit<K extends keyof E>(event: K, ...args: Parameters<E[K]>): boolean {
		const listeners = this.#listeners.get(event);
		if (listeners === undefined || listeners.size === 0) return false;
		for (const { call } of [...listeners]) {
			try {
				call(...args);
			} catch (error) {
				reportUncaught(error);
			}
		}
		return true;
	}
}
