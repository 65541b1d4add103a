import { afterInput, now, repeat, startTimer } from "#host";
import { PoolError } from "../base/errors.ts";
import type { Timer } from "../base/host/host.ts";
import { aDuration, NEVER, type Rule } from "../base/rules.ts";
import { anAbortSignal, onAbort, type Signal, throwIfAborted } from "../base/signal.ts";
import { FREED } from "./core/layout.ts";
import type { Memory } from "./core/memory.ts";
import { announceWaiter } from "./core/waiters.ts";
import { ChangeWatch } from "./wait-for-change.ts";

/** Who waits looks again after so many ms, for the wake-up that a dead thread owed. */
const LOOK_AGAIN = 100;

export interface WaitOptions {
	/** Ends the wait: the promise is rejected with the signal's reason. */
	readonly signal?: Signal | undefined;
	/** How long to wait at most, in ms, or `Infinity`, the default; then `ERR_POOL_TIMEOUT`. */
	readonly timeout?: number | undefined;
}

export const WAIT_OPTIONS: Readonly<Record<keyof WaitOptions, Rule>> = {
	signal: anAbortSignal,
	timeout: aDuration(0),
};

/** Where the blocks come from that are waited for. */
export interface BlockSource<Block> {
	readonly memory: Memory;
	take(): Block | undefined;
	/** Has this thread cache no slots. */
	pause(): void;
	resume(): void;
}

/** Ends one wait: with a block, or with an error. */
type Settle<Block> = (block: Block | undefined, error?: unknown) => void;

/** What waits in this thread for a slot, first come, first served, behind one `Atomics.waitAsync`. */
export class WaiterQueue<Block> {
	readonly #source: BlockSource<Block>;
	/** Each with what lets the timers in force take over its timeout. */
	readonly #waiters = new Map<Settle<Block>, () => void>();
	/** The timers that were in force at the last look: test runners put others in their place. */
	#timers = globalThis.setTimeout;
	readonly #watch: ChangeWatch;
	/** Runs while anybody waits; it also keeps the process alive, which the watch does not. */
	#beat: Timer | undefined;

	constructor(source: BlockSource<Block>) {
		this.#source = source;
		this.#watch = new ChangeWatch(source.memory.words, FREED, () => this.#serve());
	}

	wait({ signal, timeout = NEVER }: WaitOptions): Promise<Block> {
		const block = this.#waiters.size > 0 ? undefined : this.#source.take();
		if (block !== undefined) return Promise.resolve(block);
		return new Promise((resolve, reject) => {
			let stopListening: (() => void) | undefined;
			let timer: Timer | undefined;
			let isOver = false;
			const settle: Settle<Block> = (block, error) => {
				if (isOver) return;
				isOver = true;
				if (block === undefined) reject(error);
				else resolve(block);
				timer?.cancel();
				this.#leave(settle);
				stopListening?.();
			};
			try {
				// A signal is somebody else's code: nothing is queued before that has run.
				if (signal) {
					stopListening = onAbort(signal, (reason) => settle(undefined, reason));
					// It may have aborted while it was listened to, and told at once, or nobody.
					if (isOver) return stopListening();
					throwIfAborted(signal);
				}
				// A loop that was busy finds a timer late: first comes what was to be read, as it may lead to a put.
				const late = () => afterInput(() => this.#late(settle, timeout));
				const deadline = now() + timeout;
				const arm = (left: number) => {
					timer?.cancel();
					if (timeout < NEVER) timer = startTimer(late, left, "SharedPool.getAsync", renew);
				};
				const renew = () => {
					const left = deadline - now();
					if (left > 0) arm(left);
					else late();
				};
				arm(timeout);
				this.#begin();
				this.#waiters.set(settle, renew);
				this.#takeOver();
				this.#serve();
			} catch (error) {
				settle(undefined, error);
			}
		});
	}

	/** A slot that was freed meanwhile comes first. */
	#late(settle: Settle<Block>, timeout: number): void {
		this.#serve();
		settle(
			undefined,
			new PoolError("ERR_POOL_TIMEOUT", `SharedPool.getAsync: expected a free slot within ${timeout} ms`),
		);
	}

	/** Ends all waits. */
	close(error: unknown): void {
		for (const settle of this.#waiters.keys()) settle(undefined, error);
		this.#watch.stop();
	}

	#begin(): void {
		if (this.#beat !== undefined) return;
		this.#source.pause();
		this.#beat = repeat(() => this.#serve(), LOOK_AGAIN);
	}

	/** Lets fake timers that came meanwhile, or real ones that came back, take over the waits. */
	#takeOver(): void {
		if (this.#timers === globalThis.setTimeout) return;
		this.#timers = globalThis.setTimeout;
		for (const renew of this.#waiters.values()) renew();
	}

	#leave(settle: Settle<Block>): void {
		this.#waiters.delete(settle);
		if (this.#waiters.size > 0 || this.#beat === undefined) return;
		this.#beat.cancel();
		this.#beat = undefined;
		this.#source.resume();
	}

	#serve(): void {
		if (this.#waiters.size === 0) return;
		const seen = announceWaiter(this.#source.memory);
		for (const settle of this.#waiters.keys()) {
			const block = this.#source.take();
			if (block === undefined) break;
			settle(block);
		}
		if (this.#waiters.size > 0) this.#watch.waitForChange(seen);
	}
}
