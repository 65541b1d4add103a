import { type AbortSignalLike, reasonOf } from "../../base/signal.ts";

/** Callers that wait until a signal is aborted: one listener a signal, however many they are, and none when they are gone. */
export class SignalWatch<W> {
	readonly #abort: (waiter: W, reason: unknown) => void;
	readonly #watched = new Map<AbortSignalLike, { readonly waiters: Set<W>; readonly listener: () => void }>();

	constructor(abort: (waiter: W, reason: unknown) => void) {
		this.#abort = abort;
	}

	add(signal: AbortSignalLike, waiter: W): void {
		const entry = this.#watched.get(signal);
		if (entry !== undefined) {
			entry.waiters.add(waiter);
			return;
		}
		const waiters = new Set([waiter]);
		const listener = () => {
			for (const each of waiters) this.#abort(each, reasonOf(signal));
		};
		signal.addEventListener("abort", listener);
		this.#watched.set(signal, { waiters, listener });
	}

	remove(signal: AbortSignalLike, waiter: W): void {
		const entry = this.#watched.get(signal);
		if (entry === undefined || !entry.waiters.delete(waiter) || entry.waiters.size > 0) return;
		signal.removeEventListener("abort", entry.listener);
		this.#watched.delete(signal);
	}
}
