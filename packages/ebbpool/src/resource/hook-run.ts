import { PoolError } from "../errors.ts";
import { isThenable } from "../pool/thenable.ts";
import type { Alarm, Alarms } from "./alarms.ts";

/** What becomes of a hook's call: `done` or `failed` is called, once, unless the call is abandoned before. */
export interface Outcome<R> {
	done(result: R): void;
	failed(error: unknown): void;
	/** Receives what a call resolves with that took too long or was abandoned. */
	late?(result: R): void;
}

export interface HookCall<R> {
	/** What to call it in the message of a timeout. */
	readonly name: string;
	run(): R | PromiseLike<R>;
	/** Milliseconds after which it counts as failed. */
	readonly timeout: number;
}

/**
 * One call of a user's hook, which may return or throw, be fulfilled or rejected, or never settle.
 */
export class HookRun<R> implements Alarm {
	slot = -1;
	readonly #call: HookCall<R>;
	readonly #alarms: Alarms;
	#outcome: Outcome<R> | undefined;

	constructor(call: HookCall<R>, alarms: Alarms, outcome: Outcome<R>) {
		this.#call = call;
		this.#alarms = alarms;
		this.#outcome = outcome;
	}

	/** Calls the hook. One that returns no promise has its outcome before this returns. */
	start(): void {
		const late = this.#outcome?.late;
		const settle = (result: R) => {
			const outcome = this.abandon();
			if (outcome === undefined) late?.(result);
			else outcome.done(result);
		};
		const fail = (error: unknown) => this.abandon()?.failed(error);
		let result: R | PromiseLike<R>;
		try {
			result = this.#call.run();
			if (isThenable(result)) {
				// The hook may have led to its own end.
				if (this.#outcome !== undefined) this.#alarms.setIn(this, this.#call.timeout);
				Promise.resolve(result).then(settle, fail);
				return;
			}
		} catch (error) {
			fail(error);
			return;
		}
		settle(result as R);
	}

	/** Ends the wait; returns the outcome that is not called any more, if it was not called yet. */
	abandon(): Outcome<R> | undefined {
		const outcome = this.#outcome;
		this.#outcome = undefined;
		this.#alarms.cancel(this);
		return outcome;
	}

	ring(): void {
		const { name, timeout } = this.#call;
		const message = `hook ${name}: expected it to be over within ${timeout} ms`;
		this.abandon()?.failed(new PoolError("ERR_POOL_TIMEOUT", message));
	}
}
