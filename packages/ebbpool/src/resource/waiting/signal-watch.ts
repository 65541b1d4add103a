import { type AbortSignalLike, reasonOf, stopListening } from "../../base/signal.ts";

/** What the stand-ins' signals have: under such a one, one caller waits, once, and its only listener needs no name to be removed. */
const ONE_CALLERS = Symbol.for("ebbpool.one-callers-signal");
const ITS_LISTENER = () => {};

interface Watch<W> {
	readonly first: W;
	/** All of them, where there are others: most signals are one caller's. */
	all: Set<W> | undefined;
	readonly listener: () => void;
}

/** Callers that wait until a signal is aborted: one listener a signal, however many they are, and none when they are gone. */
export class SignalWatch<W> {
	readonly #abort: (waiters: Iterable<W>, reason: unknown) => void;
	/** A `Map` in which each lives for a while makes the collector carry all of them over to the old generation. */
	readonly #watches = new WeakMap<AbortSignalLike, Watch<W>>();

	/** @param abort - called with all who wait under the signal; each is to be removed */
	constructor(abort: (waiters: Iterable<W>, reason: unknown) => void) {
		this.#abort = abort;
	}

	/** @throws what the signal throws; then nothing has changed */
	add(signal: AbortSignalLike, waiter: W): void {
		if (ONE_CALLERS in signal) {
			signal.addEventListener("abort", () => this.#abort([waiter], reasonOf(signal)));
			return;
		}
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
		if (ONE_CALLERS in signal) {
			signal.removeEventListener("abort", ITS_LISTENER);
			return;
		}
		const watch = this.#watches.get(signal);
		if (watch === undefined) return;
		if (watch.all !== undefined && (!watch.all.delete(waiter) || watch.all.size > 0)) return;
		this.#watches.delete(signal);
		// The waiter is on its way with a resource, perhaps.
		stopListening(signal, watch.listener);
	}
}
