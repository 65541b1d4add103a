import { PoolError } from "../errors.ts";
import type { AbortSignalLike } from "../options.ts";
import { changed } from "./changed.ts";
import { FREED } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { announceWaiter } from "./waiters.ts";

/** Whoever waits looks again after so many ms, for the wake-up that a dead thread owed. */
const LOOK_AGAIN = 100;
const FOR_EVER = 2 ** 31 - 1;

export interface WaitOptions {
	/** Ends the wait: the promise is rejected with the signal's reason. */
	readonly signal?: AbortSignalLike | undefined;
	/** How long to wait at most, in ms; then `ERR_POOL_TIMEOUT`. */
	readonly timeout?: number | undefined;
}

interface Waiter<Block> {
	serve(block: Block): void;
	fail(error: unknown): void;
}

/** What waits in this thread for a slot, first come, first served, behind one `Atomics.waitAsync`. */
export class WaitingLine<Block> {
	readonly #memory: Memory;
	readonly #get: () => Block | undefined;
	readonly #onActive: (active: boolean) => void;
	readonly #waiters = new Set<Waiter<Block>>();
	#serving = false;

	/** @param onActive - called when the first begins to wait, and when nobody does any more */
	constructor(memory: Memory, get: () => Block | undefined, onActive: (active: boolean) => void) {
		this.#memory = memory;
		this.#get = get;
		this.#onActive = onActive;
	}

	wait({ signal, timeout }: WaitOptions): Promise<Block> {
		return new Promise((resolve, reject) => {
			const timer =
				timeout === undefined
					? undefined
					: setTimeout(() => {
							waiter.fail(
								new PoolError("ERR_POOL_TIMEOUT", `getAsync: no slot was free within ${timeout} ms`),
							);
						}, timeout);
			const abort = () => waiter.fail(signal?.reason);
			const leave = () => {
				this.#waiters.delete(waiter);
				clearTimeout(timer);
				signal?.removeEventListener("abort", abort);
			};
			const waiter: Waiter<Block> = {
				serve(block) {
					leave();
					resolve(block);
				},
				fail(error) {
					leave();
					reject(error);
				},
			};
			signal?.addEventListener("abort", abort, { once: true });
			this.#waiters.add(waiter);
			if (!this.#serving) void this.#serve();
		});
	}

	/** Ends all waits. */
	close(error: PoolError): void {
		for (const { fail } of this.#waiters) fail(error);
	}

	async #serve(): Promise<void> {
		this.#serving = true;
		this.#onActive(true);
		// What `changed` waits for keeps no process alive; who waits for a slot wants it to.
		const alive = setInterval(() => {}, FOR_EVER);
		for (;;) {
			const seen = announceWaiter(this.#memory);
			for (const { serve } of this.#waiters) {
				const block = this.#get();
				if (block === undefined) break;
				serve(block);
			}
			if (this.#waiters.size === 0) break;
			await changed(this.#memory.words, FREED, seen, LOOK_AGAIN);
			if (this.#waiters.size === 0) break;
		}
		clearInterval(alive);
		this.#serving = false;
		this.#onActive(false);
	}
}
