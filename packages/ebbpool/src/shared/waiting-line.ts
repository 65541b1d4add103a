import { PoolError } from "../base/errors.ts";
import { aDuration, MAX_DELAY, NEVER, type Rule } from "../base/rules.ts";
import { type AbortSignalLike, anAbortSignal, reasonOf } from "../base/signal.ts";
import { FREED } from "./core/layout.ts";
import type { Memory } from "./core/memory.ts";
import { announceWaiter } from "./core/waiters.ts";
import { waitForChange } from "./wait-for-change.ts";

/** Whoever waits looks again after so many ms, for the wake-up that a dead thread owed. */
const LOOK_AGAIN = 100;

export interface WaitOptions {
	/** Ends the wait: the promise is rejected with the signal's reason. */
	readonly signal?: AbortSignalLike | undefined;
	/** How long to wait at most, in ms; then `ERR_POOL_TIMEOUT`. */
	readonly timeout?: number | undefined;
}

export const WAIT_OPTIONS: Readonly<Record<keyof WaitOptions, Rule>> = {
	signal: anAbortSignal,
	timeout: aDuration(0),
};

/** Where the blocks come from that are waited for. */
interface Source<Block> {
	readonly memory: Memory;
	get(): Block | undefined;
	/** Makes it keep no slots for itself. */
	pause(): void;
	resume(): void;
}

/** Ends one wait. */
type Settle<Block> = (block: Block | undefined, error?: unknown) => void;

/** What waits in this thread for a slot, first come, first served, behind one `Atomics.waitAsync`. */
export class WaitingLine<Block> {
	readonly #source: Source<Block>;
	readonly #waiters = new Set<Settle<Block>>();
	#serving = false;

	constructor(source: Source<Block>) {
		this.#source = source;
	}

	wait({ signal, timeout }: WaitOptions): Promise<Block> {
		const block = this.#serving ? undefined : this.#source.get();
		if (block !== undefined) return Promise.resolve(block);
		return new Promise((resolve, reject) => {
			const settle: Settle<Block> = (block, error) => {
				if (block === undefined) reject(error);
				else resolve(block);
				this.#waiters.delete(settle);
				clearTimeout(timer);
				signal?.removeEventListener("abort", abort);
			};
			const abort = () => settle(undefined, signal && reasonOf(signal));
			const late = () =>
				settle(
					undefined,
					new PoolError("ERR_POOL_TIMEOUT", `getAsync: expected a free slot within ${timeout} ms`),
				);
			signal?.addEventListener("abort", abort);
			const timer = timeout === undefined || timeout === NEVER ? undefined : setTimeout(late, timeout);
			this.#waiters.add(settle);
			if (!this.#serving) void this.#serve();
		});
	}

	/** Ends all waits. */
	close(error: unknown): void {
		for (const settle of this.#waiters) settle(undefined, error);
	}

	async #serve(): Promise<void> {
		const source = this.#source;
		const { memory } = source;
		this.#serving = true;
		// What `waitForChange` waits for keeps no process alive; who waits for a slot wants it to.
		const alive = setInterval(() => {}, MAX_DELAY);
		try {
			source.pause();
			while (this.#waiters.size > 0) {
				const seen = announceWaiter(memory);
				for (const settle of this.#waiters) {
					const block = source.get();
					if (block === undefined) break;
					settle(block);
				}
				if (this.#waiters.size > 0) await waitForChange(memory.words, FREED, seen, LOOK_AGAIN);
			}
		} catch (error) {
			this.close(error);
		} finally {
			clearInterval(alive);
			this.#serving = false;
			source.resume();
		}
	}
}
