import * as host from "#host";
import { reportUncaught } from "../base/errors.ts";
import type { Timer } from "../base/host/host.ts";
import { instrument } from "../base/instrument.ts";
import { MAX_DELAY, NEVER } from "../base/rules.ts";
import { hasStack } from "../base/stack.ts";
import { threadGlobal } from "../base/thread-global.ts";
import { type Aging, AgingQueue, type Place } from "./aging.ts";
import { hasMajorCollections, MajorClock, type Stamp } from "./major-clock.ts";

/** What all copies of this package in one thread share. */
export interface Runtime {
	/**
	 * Makes a holder of items age from now on. If a collection ran whose tick is still to come, it ages before; what hooks
	 * throw then is reported as uncaught.
	 */
	enter(place: Place): void;
	/** Ages every holder now; returns what hooks threw. */
	ageAll(): unknown[];
	/** Calls `listener` at each major collection; returns what ends it. */
	listen(listener: () => void): () => void;
	/** Sets after how many milliseconds without a major collection everybody ages all the same. */
	setIdleCleanup(ms: number): void;
	/** Sets how many milliseconds victims live at least. */
	setMinAge(ms: number): void;
	/** Ages everybody if it is time and no timer does it: there are none, or test runners put others in their place. */
	passTime(): void;
}

/** As long as Go waits before it forces a collection. */
const IDLE_CLEANUP = 120_000;
/** Chosen by evidence: docs/design/aging.md. */
const MIN_AGE = 10_000;

/** What starting a timer may take of the stack, in bytes, the first time included, when its code is compiled. */
const TIMER_STACK = 64 * 1024;

class ThreadRuntime implements Runtime {
	readonly #timers = host.hasTimers();
	readonly #clock: Pick<MajorClock, "arm" | "isPast">;
	readonly #queue: AgingQueue;
	#listeners: (() => void)[] = [];
	#idleCleanup = IDLE_CLEANUP;
	#minAge = MIN_AGE;
	/** When everybody aged last, or the first joined an empty queue. */
	#agedAt = 0;
	/** When the next victims are old enough to be made weak. */
	#settleAt = NEVER;
	#timer: Timer | undefined;
	/** Whether everybody is to enter anew from the next turn on. */
	#closing = false;

	constructor() {
		// Where the engine tells of no collection, everybody ages by the timer alone, or, without one, at each put.
		const stamp = (this.#timers ? 0 : NEVER) as Stamp;
		this.#clock = hasMajorCollections()
			? new MajorClock((dead, counted) => this.#tick(dead, counted))
			: { arm: () => stamp, isPast: () => false };
		this.#queue = new AgingQueue(this.#clock);
		host.onMemoryShort(() => this.#age().forEach(reportUncaught));
	}

	enter(place: Place): void {
		this.passTime();
		if (this.#queue.isLate(place)) {
			const aging = this.#aging(true);
			this.#queue.ageOne(place, aging);
			this.#settle(aging.now);
			aging.errors.forEach(reportUncaught);
		}
		if (this.#queue.empty) this.#agedAt = host.now();
		this.#queue.join(place);
		if (!this.#timer?.current) this.#restartTimer();
		if (!place.closing) this.#closeNextTurn();
		place.closing = true;
	}

	/** Closes every place once the event loop has turned, where it turns: a collection may have run then. */
	#closeNextTurn(): void {
		if (this.#closing) return;
		try {
			host.nextTurn(() => {
				this.#closing = false;
				this.#queue.close();
			});
			this.#closing = true;
		} catch {
			// no timers, or none here
		}
	}

	ageAll(): unknown[] {
		return this.#age();
	}

	listen(listener: () => void): () => void {
		const call = () => listener(); // one entry a subscription, also where two have the same listener
		this.#listeners.push(call);
		this.#clock.arm();
		return () => {
			this.#listeners = this.#listeners.filter((each) => each !== call);
		};
	}

	setIdleCleanup(ms: number): void {
		this.#idleCleanup = ms;
		this.#restartTimer();
	}

	setMinAge(ms: number): void {
		this.#minAge = ms;
		this.#settle(host.now());
	}

	passTime(): void {
		if (!this.#timers) this.#passUntil(host.now());
		else if (this.#timer?.current === false) this.#catchUp();
	}

	/** Other timers are in force than before: what is due by their time is done, as often as it was due, up to twice. */
	#catchUp(): void {
		const now = host.now();
		const twice = now >= this.#agedAt + 2 * this.#idleCleanup;
		this.#passUntil(now);
		if (twice) this.#passUntil(NEVER);
	}

	#tick(dead: Stamp, counted: boolean): void {
		const errors = this.#age(dead);
		if (counted && this.#listeners.length > 0) {
			this.#clock.arm();
			for (const call of [...this.#listeners]) {
				try {
					// One before may have ended it.
					if (this.#listeners.includes(call)) call();
				} catch (error) {
					errors.push(error);
				}
			}
		}
		errors.forEach(reportUncaught);
	}

	#aging(collected: boolean): Aging {
		return {
			collected,
			now: host.now(),
			minAge: this.#minAge,
			atOnce: !collected || host.memoryIsShort(),
			errors: [],
		};
	}

	#age(dead?: Stamp): unknown[] {
		const aging = this.#aging(dead !== undefined);
		this.#queue.age(aging, dead);
		this.#agedAt = aging.now;
		this.#settle(aging.now);
		instrument.publish?.("pool:age", undefined, aging.collected, aging.atOnce);
		return aging.errors;
	}

	/** Has victims made weak that are old enough. */
	#settle(now: number): void {
		this.#settleAt = this.#queue.settle(now, this.#minAge);
		this.#restartTimer();
	}

	/** The timer runs only while the queue holds somebody. */
	#restartTimer(): void {
		this.#timer?.cancel();
		this.#timer = undefined;
		const at = Math.min(this.#agedAt + this.#idleCleanup, this.#settleAt);
		if (this.#queue.empty || !this.#timers || at === NEVER) return;
		// A timer that is started and, for want of stack, not told to let the process end, would hold it for minutes. Whoever
		// joins next starts it.
		if (!hasStack(TIMER_STACK)) return;
		const now = host.now();
		const wait = Math.min(Math.max(0, Math.ceil(at - now)), MAX_DELAY);
		// A timer that fired is believed, whatever the clock says: some test runners fake timers and no clock.
		const due = () => this.#passUntil(Math.max(now + wait, host.now()));
		this.#timer = host.startTimer(due, wait, "Pool", () => this.passTime());
		this.#timer.keepAlive(false);
	}

	#passUntil(now: number): void {
		if (now >= this.#agedAt + this.#idleCleanup) this.#age().forEach(reportUncaught);
		else this.#settle(now);
	}
}

let shared: Runtime | undefined;

/** Made when it is first needed: importing the package touches no global that an engine may lack. */
export function runtime(): Runtime {
	shared ??= threadGlobal("runtime.4", () => new ThreadRuntime());
	return shared;
}
