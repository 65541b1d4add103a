import { reportUncaught } from "../../base/errors.ts";
import { type AbortSignalLike, reasonOf } from "../../base/signal.ts";

interface Watch<W> {
	readonly waiters: Set<W>;
	readonly listener: () => void;
}

/** Callers that wait until a signal is aborted: one listener a signal, however many they are, and none when they are gone. */
export class SignalWatch<W> {
	readonly #abort: (waiters: ReadonlySet<W>, reason: unknown) => void;
	readonly #watches = new Map<AbortSignalLike, Watch<W>>();

	/** @param abort - called with all who wait under the signal; each is to be removed */
	constructor(abort: (waiters: ReadonlySet<W>, reason: unknown) => void) {
		this.#abort = abort;
	}

	/** @throws what the signal throws; then nothing has changed */
	add(signal: AbortSignalLike, waiter: W): void {
		const watch = this.#watches.get(signal);
		if (watch !== undefined) {
			watch.waiters.add(waiter);
			return;
		}
		const waiters = new Set([waiter]);
		const listener = () => this.#abort(waiters, reasonOf(signal));
		signal.addEventListener("abort", listener);
		this.#watches.set(signal, { waiters, listener });
	}

	remove(signal: AbortSignalLike, waiter: W): void {
		const watch = this.#watches.get(signal);
		if (watch === undefined || !watch.waiters.delete(waiter) || watch.waiters.size > 0) return;
		this.#watches.delete(signal);
		try {
			signal.removeEventListener("abort", watch.listener);
		} catch (error) {
			// The waiter is on its way with a resource, perhaps.
			reportUncaught(error);
		}
	}
}
