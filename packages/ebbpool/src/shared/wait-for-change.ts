import { detached } from "#detached";
import { repeat } from "#host";
import type { Timer } from "../base/host/host.ts";
import { load } from "./core/atomics.ts";

type WaitAsync = (
	words: Int32Array,
	at: number,
	value: number,
) => { readonly async: false } | { readonly async: true; readonly value: Promise<unknown> };

/** How often a word is looked at where there is no `Atomics.waitAsync`, in ms. */
const POLL = 5;

const waitAsync =
	typeof Atomics === "undefined"
		? undefined
		: (Atomics as typeof Atomics & { readonly waitAsync?: WaitAsync }).waitAsync;

/**
 * Tells a thread that others woke those who wait at a word; keeps no process alive.
 *
 * There is one wait at a time, without a timeout, however often the word changes: engines keep a timeout until its time has
 * come, though the wait is long over. So a wait goes on until somebody wakes it, and keeps the memory until then.
 */
export class ChangeWatch {
	readonly #words: Int32Array;
	readonly #at: number;
	readonly #changed: () => void;
	#isWaiting = false;
	#poll: Timer | undefined;

	/** @param changed - called in a turn of its own, also for no reason */
	constructor(words: Int32Array, at: number, changed: () => void) {
		this.#words = words;
		this.#at = at;
		this.#changed = changed;
	}

	/** Has `changed` called once as soon as the word is not `seen` any more, or somebody wakes those who wait at it. */
	waitForChange(seen: number): void {
		if (this.#isWaiting) return;
		detached(() => (waitAsync === undefined ? this.#look(seen) : this.#wait(waitAsync, seen)));
		this.#isWaiting = true;
	}

	#wait(waitAsync: WaitAsync, seen: number): void {
		const waiting = waitAsync(this.#words, this.#at, seen);
		void (waiting.async ? waiting.value : Promise.resolve()).then(() => this.#end());
	}

	#look(seen: number): void {
		this.#poll = repeat(() => {
			if (load(this.#words, this.#at) !== seen) this.#end();
		}, POLL);
		this.#poll.keepAlive(false);
	}

	#end(): void {
		this.#isWaiting = false;
		this.#poll?.cancel();
		this.#poll = undefined;
		this.#changed();
	}

	/** Ends a wait that only looks now and then; what `Atomics.waitAsync` waits for has to be woken. */
	stop(): void {
		if (this.#poll !== undefined) this.#end();
	}
}
