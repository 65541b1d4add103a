import type { Environment, Timer } from "../gc/environment.ts";

/** Something that happens at a moment unless it is called off before. */
export interface Alarm {
	ring(): void;
}

/** The longest delay that timers take, in milliseconds. */
export const MAX_DELAY = 2 ** 31 - 1;
/** The time of what is never to happen. */
export const NEVER = Number.POSITIVE_INFINITY;

/**
 * Alarms on one timer, a few for each place of a pool. Most are called off, so setting and calling off take constant time;
 * when the timer runs, once a millisecond at most, it looks through all.
 *
 * The timer is left running when the last alarm is called off, but keeps the process alive only while one is on, and only
 * if `waitedFor`.
 */
export class Alarms {
	readonly #environment: Environment;
	readonly #waitedFor: boolean;
	readonly #times = new Map<Alarm, number>();
	#timer: Timer | undefined;
	#wakesAt = NEVER;

	constructor(environment: Environment, waitedFor: boolean) {
		this.#environment = environment;
		this.#waitedFor = waitedFor;
	}

	/** Sets an alarm so many milliseconds from now. */
	setIn(alarm: Alarm, ms: number): void {
		this.set(alarm, this.#environment.now() + ms);
	}

	/** Sets an alarm, or another time for it; one that is never to ring is called off. */
	set(alarm: Alarm, time: number): void {
		if (time === NEVER) {
			this.cancel(alarm);
			return;
		}
		this.#times.set(alarm, time);
		if (this.#waitedFor && this.#times.size === 1) this.#timer?.keepAlive(true);
		if (time < this.#wakesAt) this.#wake(time);
	}

	/** Calls an alarm off; does nothing if it is not on. */
	cancel(alarm: Alarm): void {
		if (this.#times.delete(alarm) && this.#times.size === 0) this.#timer?.keepAlive(false);
	}

	/** Stops the timer if no alarm is on, so that it keeps nothing in memory. */
	stop(): void {
		if (this.#times.size > 0) return;
		this.#timer?.cancel();
		this.#timer = undefined;
		this.#wakesAt = NEVER;
	}

	#wake(time: number): void {
		this.#timer?.cancel();
		this.#wakesAt = NEVER;
		// It may be past, if what rang before took long.
		const delay = Math.max(0, Math.ceil(time - this.#environment.now()));
		this.#timer = this.#environment.startTimer(() => this.#ring(), Math.min(delay, MAX_DELAY));
		this.#wakesAt = time;
		if (!this.#waitedFor) this.#timer.keepAlive(false);
	}

	#ring(): void {
		this.#timer = undefined;
		const now = this.#environment.now();
		// What rings may set alarms anew, which wait for the next round, and call others off.
		this.#wakesAt = -NEVER;
		try {
			for (const [alarm, time] of [...this.#times]) {
				if (time > now || this.#times.get(alarm) !== time) continue;
				this.#times.delete(alarm);
				alarm.ring();
			}
		} finally {
			this.#wakesAt = NEVER;
			let next = NEVER;
			for (const time of this.#times.values()) next = Math.min(next, time);
			if (next < NEVER) this.#wake(next);
		}
	}
}
