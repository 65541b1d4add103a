import type { Deadline, Deadlines } from "../../base/deadlines.ts";
import { PoolError } from "../../base/errors.ts";
import { isThenable } from "../../base/thenable.ts";
import type { Room } from "../room.ts";

/**
 * A call of a user's hook, and what becomes of it: `done` or `failed` is called, once, unless the call is abandoned
 * before.
 */
export interface HookCall<R> {
	/** What to call it in the message of a timeout. */
	readonly name: string;
	run(): R | PromiseLike<R>;
	/** Milliseconds after which it counts as failed. */
	readonly timeout: number;
	done(result: R): void;
	failed(error: unknown): void;
	/** Receives what a call resolves with that took too long or was abandoned. */
	late?(result: R): void;
}

/**
 * One call of a user's hook, which may return or throw, be fulfilled or rejected, or never settle. It runs outside of
 * the async context of whoever happens to lead to it, and keeps nothing of that.
 */
export class HookRun<R> implements Deadline {
	readonly #room: Room;
	readonly #deadlines: Deadlines;
	/** Until its outcome is known, or nobody wants to know it any more. */
	#call: HookCall<R> | undefined;

	constructor(room: Room, deadlines: Deadlines, call: HookCall<R>) {
		this.#room = room;
		this.#deadlines = deadlines;
		this.#call = call;
	}

	/**
	 * Calls the hook, once, unless it is abandoned before. One that returns no promise has its outcome before this returns;
	 * but where the stack has no room for it, it runs in a microtask.
	 */
	start(): void {
		this.#room.outside(() => this.#start());
	}

	#start(): void {
		const call = this.#call;
		if (call === undefined) return;
		const settle = (result: R) => {
			if (this.abandon() === undefined) call.late?.(result);
			else call.done(result);
		};
		const fail = (error: unknown) => this.abandon()?.failed(error);
		let result: R | PromiseLike<R>;
		try {
			result = call.run();
			if (isThenable(result)) {
				// The hook may have led to its own end.
				if (this.#call !== undefined) this.#deadlines.setIn(this, call.timeout);
				// As `await` does it, and no slower: a promise's own `then` may call back twice, or with another promise.
				Promise.prototype.then.call(Promise.resolve(result), settle, fail);
				return;
			}
		} catch (error) {
			// Perhaps because the stack ended there: then the rest has no room here.
			if (this.#room.forRareWork) fail(error);
			else void this.#room.later(() => fail(error));
			return;
		}
		settle(result as R);
	}

	/** Ends the wait; returns the call if its outcome was not known yet, which is not told any more. */
	abandon(): HookCall<R> | undefined {
		const call = this.#call;
		this.#call = undefined;
		this.#deadlines.cancel(this);
		return call;
	}

	fire(): void {
		const { name, timeout, failed } = this.abandon() as HookCall<R>;
		failed(
			new PoolError(
				"ERR_POOL_TIMEOUT",
				`ResourcePool: hook ${name}: expected it to be over within ${timeout} ms`,
			),
		);
	}
}
