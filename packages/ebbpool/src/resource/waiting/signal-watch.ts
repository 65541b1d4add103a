import { reportUncaught } from "../../base/errors.ts";
import { type AbortSignalLike, reasonOf } from "../../base/signal.ts";

interface Watch<W> {
	readonly first: W;
	/** All of them, where there are others: most signals are one caller's. */
	all: Set<W> | undefined;
	readonly listener: () => void;
}

/** Callers that wait until a signal is aborted: one listener a signal, however many they are, and none when they are gone. */
export class SignalWatch<W> {
	readonly #abort: (waiters: Iterable<W>, reason: unknown) => void;
	readonly #watches = new WeakMap<AbortSignalLike, Watch<W>>();

	/** @param abort - called with all who wait under the signal; each is to be removed */
	constructor(abort: (waiters: Iterable<W>, reason: unknown) => void) {
		this.#abort = abort;
	}

	/** @throws what the signal throws; then nothing has changed */
	add(signal: AbortSignalLike, waiter: W): void {
		const watch = this.#watches.get(signal);
		if (watch !== undefined) {
			watch.all ??= new Set([watch.first]);
			watch.all.add(waiter);
			return;
		}
		const newWatch: Watch<W> = {
			first: waiter,
			all: undefined,
			listener: () => this.#abort(newWatch.all ?? [waiter], reasonOf(signal)),
		};
		signal.addEventListener("abort", newWatch.listener);
		this.#watches.set(signal, newWatch);
	}

	remove(signal: AbortSignalLike, waiter: W): void {
		const watch = this.#watches.get(signal);
		if (watch === undefined) return;
		if (watch.all !== undefined && (!watch.all.delete(waiter) || watch.all.size > 0)) return;
		this.#watches.delete(signal);
		try {
			signal.removeEventListener("abort", watch.listener);
		} catch (error) {
			// The waiter is on its way with a resource, perhaps.
			reportUncaught(error);
		}
	}
}
