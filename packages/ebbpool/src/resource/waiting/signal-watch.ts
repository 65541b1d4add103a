import { type AbortSignalLike, reasonOf, stopListening } from "../../base/signal.ts";

/** Those who wait under one signal. */
export interface Watch<W> {
	readonly signal: AbortSignalLike;
	readonly first: W;
	/** All of them, where there are others: most signals are one caller's. */
	all: Set<W> | undefined;
	readonly listener: () => void;
}

/** A power of two, as the next place is a number modulo it. */
const RECENT = 4;

/**
 * Callers that wait until a signal is aborted, and none is listened to when its callers are gone. Those under one signal
 * share a listener if they come one after the other, or under as many signals in turn as are remembered: most have one of
 * their own, and to look for it among all of them, in a `WeakMap`, took a fifth of their wait.
 */
export class SignalWatch<W> {
	readonly #abort: (waiters: Iterable<W>, reason: unknown) => void;
	readonly #recent: (Watch<W> | undefined)[] = new Array(RECENT).fill(undefined);
	#next = 0;

	/** @param abort - called with all who wait under the signal; each is to be removed */
	constructor(abort: (waiters: Iterable<W>, reason: unknown) => void) {
		this.#abort = abort;
	}

	/**
	 * @returns nothing if the signal aborted while it was listened to; it told nobody then, as the caller does not wait yet
	 * @throws what the signal throws; then nothing has changed
	 */
	add(signal: AbortSignalLike, waiter: W): Watch<W> | undefined {
		const recent = this.#recent;
		for (let i = 0; i < RECENT; i++) {
			const watch = recent[i];
			if (watch?.signal !== signal) continue;
			watch.all ??= new Set([watch.first]);
			watch.all.add(waiter);
			return watch;
		}
		const watch: Watch<W> = {
			signal,
			first: waiter,
			all: undefined,
			listener: () => this.#abort(watch.all ?? [waiter], reasonOf(signal)),
		};
		signal.addEventListener("abort", watch.listener);
		let aborted = true;
		try {
			({ aborted } = signal);
		} finally {
			if (aborted) stopListening(signal, watch.listener);
		}
		if (aborted) return undefined;
		recent[this.#next] = watch;
		this.#next = (this.#next + 1) & (RECENT - 1);
		return watch;
	}

	remove(watch: Watch<W>, waiter: W): void {
		if (watch.all !== undefined && (!watch.all.delete(waiter) || watch.all.size > 0)) return;
		for (let i = 0; i < RECENT; i++) if (this.#recent[i] === watch) this.#recent[i] = undefined;
		// The waiter is on its way with a resource, perhaps.
		stopListening(watch.signal, watch.listener);
	}
}
