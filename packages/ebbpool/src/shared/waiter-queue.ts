import { host } from "#host";
import { type Deadline, Deadlines } from "../base/deadlines.ts";
import { PoolError, reportUncaught } from "../base/errors.ts";
import type { Timer } from "../base/host/host.ts";
import { aDuration, NEVER, type Rule } from "../base/rules.ts";
import { anAbortSignal, onAbort, type Signal } from "../base/signal.ts";
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

/** One wait. */
class Waiter<Block> implements Deadline {
	readonly #resolve: (block: Block) => void;
	readonly #reject: (error: unknown) => void;
	readonly #leave: (waiter: Waiter<Block>) => void;
	readonly #timeout: number;
	/** Takes the listener off the signal. */
	stopListening: (() => void) | undefined;
	isOver = false;

	constructor(
		resolve: (block: Block) => void,
		reject: (error: unknown) => void,
		leave: (waiter: Waiter<Block>) => void,
		timeout: number,
	) {
		this.#resolve = resolve;
		this.#reject = reject;
		this.#leave = leave;
		this.#timeout = timeout;
	}

	serve(block: Block): void {
		this.#resolve(block);
		this.#end();
	}

	refuse(error: unknown): void {
		this.#reject(error);
		this.#end();
	}

	fire(): void {
		const message = `getAsync: expected a free slot within ${this.#timeout} ms`;
		this.refuse(new PoolError("ERR_POOL_TIMEOUT", message));
	}

	#end(): void {
		if (this.isOver) return;
		this.isOver = true;
		this.#leave(this);
		try {
			this.stopListening?.();
		} catch (error) {
			reportUncaught(error);
		}
	}
}

/** What waits in this thread for a slot, first come, first served, behind one `Atomics.waitAsync`. */
export class WaiterQueue<Block> {
	readonly #source: BlockSource<Block>;
	readonly #waiters = new Set<Waiter<Block>>();
	readonly #deadlines = new Deadlines(host, true);
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
			const waiter = new Waiter<Block>(resolve, reject, (left) => this.#leave(left), timeout);
			// A signal is somebody else's code: nothing is queued before that has run.
			if (signal) waiter.stopListening = onAbort(signal, (reason) => waiter.refuse(reason));
			if (waiter.isOver) return;
			try {
				this.#deadlines.setIn(waiter, timeout);
				this.#begin();
				this.#waiters.add(waiter);
				this.#serve();
			} catch (error) {
				waiter.refuse(error);
			}
		});
	}

	/** Ends all waits. */
	close(error: unknown): void {
		for (const waiter of this.#waiters) waiter.refuse(error);
		this.#watch.stop();
	}

	#begin(): void {
		if (this.#beat !== undefined) return;
		this.#source.pause();
		this.#beat = host.repeat(() => this.#serve(), LOOK_AGAIN);
	}

	#leave(waiter: Waiter<Block>): void {
		this.#deadlines.cancel(waiter);
		this.#waiters.delete(waiter);
		if (this.#waiters.size === 0) this.#rest();
	}

	#rest(): void {
		if (this.#beat === undefined) return;
		this.#beat.cancel();
		this.#beat = undefined;
		this.#deadlines.stop();
		this.#source.resume();
	}

	#serve(): void {
		if (this.#waiters.size === 0) return;
		const seen = announceWaiter(this.#source.memory);
		for (const waiter of this.#waiters) {
			const block = this.#source.take();
			if (block === undefined) break;
			waiter.serve(block);
		}
		if (this.#waiters.size > 0) this.#watch.waitForChange(seen);
	}
}
