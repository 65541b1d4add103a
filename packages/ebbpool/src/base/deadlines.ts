import type { Host, Timer } from "./host/host.ts";
import { MAX_DELAY, NEVER } from "./rules.ts";

/** Something that happens at a moment unless it is called off before. */
export interface Deadline {
	/** @param now - the time as the timer that fired has it */
	fire(now: number): void;
}

/** A timer that is this late, in milliseconds, found the event loop busy: what it waits for may be there, unread. */
const LATE = 2;

/** Real timers are no more than this early, in milliseconds. */
const EARLY = 2;

/**
 * Deadlines on one timer, a few for each place of a pool. Most are called off, so setting and calling off take constant
 * time; when the timer runs, once a millisecond at most, it looks through all.
 *
 * A timer that fired is believed: its moment has come, whatever the clock says, as some test runners fake timers and no
 * clock. One that fired late lets the event loop turn before deadlines are judged, so that what is ready comes first.
 *
 * The timer is left running when the last deadline is called off, but keeps the process alive only while one is on, and
 * only if somebody waits for it.
 */
export class Deadlines {
	readonly #host: Pick<Host, "now" | "startTimer" | "afterInput">;
	#waitedFor: boolean;
	readonly #times = new Map<Deadline, number>();
	#timer: Timer | undefined;
	#wakesAt = NEVER;

	constructor(host: Pick<Host, "now" | "startTimer" | "afterInput">, waitedFor: boolean) {
		this.#host = host;
		this.#waitedFor = waitedFor;
	}

	/** Sets a deadline so many milliseconds from now. */
	setIn(deadline: Deadline, ms: number): void {
		this.set(deadline, this.#host.now() + ms);
	}

	/** Sets a deadline, or another time for it; one that is never to fire is called off. */
	set(deadline: Deadline, time: number): void {
		if (time === NEVER) {
			this.cancel(deadline);
			return;
		}
		this.#times.set(deadline, time);
		if (this.#waitedFor && this.#times.size === 1) this.#timer?.keepAlive(true);
		if (time < this.#wakesAt) this.#wake(time);
		else if (!this.current) this.#wake(this.#earliest());
	}

	/** Where others were put in the place of the timers in force, judges what is due by their time; the rest goes on with them. */
	catchUp(): void {
		if (this.current) return;
		this.#timer?.cancel();
		this.#timer = undefined;
		this.#fire(this.#host.now());
	}

	/** Whether the timer is one of those in force now: test runners put others in their place. */
	get current(): boolean {
		return this.#timer?.current !== false;
	}

	#earliest(): number {
		let earliest = NEVER;
		for (const time of this.#times.values()) earliest = Math.min(earliest, time);
		return earliest;
	}

	/** Calls a deadline off; does nothing if it is not on. */
	cancel(deadline: Deadline): void {
		if (this.#times.delete(deadline) && this.#times.size === 0) this.#timer?.keepAlive(false);
	}

	/** Whether the process stays alive while a deadline is on. */
	keepAlive(alive: boolean): void {
		this.#waitedFor = alive;
		if (this.#times.size > 0) this.#timer?.keepAlive(alive);
	}

	/** Stops the timer if no deadline is on, so that it keeps nothing in memory. */
	stop(): void {
		if (this.#times.size > 0) return;
		this.#timer?.cancel();
		this.#timer = undefined;
		this.#wakesAt = NEVER;
	}

	#wake(time: number, now = this.#host.now()): void {
		const overtaken = !this.current && time <= now;
		this.#timer?.cancel();
		this.#wakesAt = NEVER;
		if (overtaken) {
			// Fake time is beyond it already, and may stand still from now on.
			this.#timer = undefined;
			this.#host.afterInput(() => this.#fire(this.#host.now()));
			return;
		}
		// It may be past, if what fired before took long.
		const delay = Math.max(0, Math.ceil(time - now));
		const begun = this.#host.now();
		const fire = () => this.#woken(time, begun);
		const renew = () => this.catchUp();
		this.#timer = this.#host.startTimer(fire, Math.min(delay, MAX_DELAY), "ResourcePool: time limit", renew);
		this.#wakesAt = time;
		if (!this.#waitedFor) this.#timer.keepAlive(false);
	}

	#woken(time: number, begun: number): void {
		this.#timer = undefined;
		const now = this.#host.now();
		if (now - time > LATE) {
			this.#host.afterInput(() => this.#fire(this.#host.now()));
		} else if (time - now > EARLY) {
			// Timers are faked and the clock is not. What was set a little after this timer began is as far on by now.
			this.#fire(time + now - begun);
		} else {
			this.#fire(Math.max(now, time));
		}
	}

	#fire(now: number): void {
		// What fires may set deadlines anew, which wait for the next round, and call others off.
		this.#wakesAt = -NEVER;
		try {
			for (const [deadline, time] of [...this.#times]) {
				if (time > now || this.#times.get(deadline) !== time) continue;
				this.#times.delete(deadline);
				deadline.fire(now);
			}
		} finally {
			this.#wakesAt = NEVER;
			const next = this.#earliest();
			if (next < NEVER) this.#wake(next, now);
		}
	}
}
