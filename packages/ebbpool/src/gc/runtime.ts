import { host } from "#host";
import { reportUncaught } from "../base/errors.ts";
import type { Timer } from "../base/host/host.ts";
import { MAX_DELAY, NEVER } from "../base/rules.ts";
import { hasStack } from "../base/stack.ts";
import { threadGlobal } from "../base/thread-global.ts";
import { type Aging, AgingQueue, type Place } from "./aging.ts";
import { hasMajorCollections, MajorClock, type Stamp } from "./major-clock.ts";

/** What all copies of this package in one thread share. */
export interface Runtime {
	/** Makes a holder of items age from now on. */
	join(place: Place): void;
	/** Ages one holder if a collection ran whose tick is still to come; what hooks throw is reported as uncaught. */
	ageEarly(place: Place): void;
	/** Has `checkNextPut` called once the event loop has turned, where it turns. */
	checkNextTurn(place: Place): void;
	/** Ages every holder now; returns what hooks threw. */
	ageAll(): unknown[];
	/** Calls `listener` at each major collection; returns what ends it. */
	listen(listener: () => void): () => void;
	/** Sets after how many milliseconds without a major collection everybody ages all the same. */
	setIdleCleanup(ms: number): void;
	/** Sets how many milliseconds victims live at least. */
	setMinAge(ms: number): void;
	/** Ages everybody if it is time and there are no timers to do it. Test runners put others in the place of those in force. */
	passTime(): void;
	/** Whether aging comes by itself, by collections or by timers. If not, who holds items has to let time pass. */
	readonly selfMoving: boolean;
}

type Clock = Pick<MajorClock, "arm" | "isPast">;

/** Where the engine tells of no collection: everybody ages by the timer alone. */
const STOPPED: Clock = { arm: () => 0 as Stamp, isPast: () => false };

/** As long as Go waits before it forces a collection. */
const IDLE_CLEANUP = 120_000;
/** Chosen by evidence: docs/design/aging.md. */
const MIN_AGE = 10_000;

/** What starting a timer may take of the stack, in bytes, the first time included, when its code is compiled. */
const TIMER_STACK = 64 * 1024;

class ThreadRuntime implements Runtime {
	/** Made when it is first needed: importing the package touches no global that an engine may lack. */
	#clock: Clock | undefined;
	readonly #queue = new AgingQueue({
		arm: () => this.#running().arm(),
		isPast: (stamp) => this.#running().isPast(stamp),
	});
	readonly #listeners = new Set<() => void>();
	#idleCleanup = IDLE_CLEANUP;
	#minAge = MIN_AGE;
	/** When everybody aged last, or the first joined an empty queue. */
	#agedAt = 0;
	/** When the next victims are old enough to be made weak. */
	#settleAt = NEVER;
	#timer: Timer | undefined;
	#timers = true;
	/** Places whose next put is to be checked from the next turn on. */
	#toCheck: Place[] = [];
	#checking = false;
	selfMoving = true;

	#running(): Clock {
		if (this.#clock === undefined) {
			const ticks = hasMajorCollections();
			this.#clock = ticks ? new MajorClock((dead, counted) => this.#tick(dead, counted)) : STOPPED;
			this.#timers = host.timers;
			this.selfMoving = ticks || this.#timers;
			host.onMemoryShort(() => this.#age().forEach(reportUncaught));
		}
		return this.#clock;
	}

	join(place: Place): void {
		if (this.#queue.empty) {
			this.#agedAt = host.now();
			this.#settleAt = NEVER;
		}
		this.#queue.join(place);
		if (!this.#timer?.current) this.#restartTimer();
	}

	ageEarly(place: Place): void {
		const aging = this.#aging(true);
		this.#queue.ageEarly(place, aging);
		if (aging.settleAt < this.#settleAt) this.#settleFrom(aging.settleAt);
		aging.errors.forEach(reportUncaught);
	}

	checkNextTurn(place: Place): void {
		if (!this.#checking) {
			try {
				host.nextTurn(() => {
					const places = this.#toCheck;
					this.#toCheck = [];
					this.#checking = false;
					for (const { holder } of places) holder.checkNextPut();
				});
			} catch {
				return; // no timers, or none here
			}
			this.#checking = true;
		}
		this.#toCheck.push(place);
	}

	ageAll(): unknown[] {
		return this.#age();
	}

	listen(listener: () => void): () => void {
		const call = () => listener(); // one entry a subscription, also where two have the same listener
		this.#listeners.add(call);
		this.#running().arm();
		return () => void this.#listeners.delete(call);
	}

	setIdleCleanup(ms: number): void {
		this.#idleCleanup = ms;
		this.#restartTimer();
	}

	setMinAge(ms: number): void {
		this.#minAge = ms;
		this.#settleFrom(this.#queue.settle(host.now(), ms));
	}

	passTime(): void {
		if (!this.#timers) this.#passUntil(host.now());
		else if (this.#timer?.current === false) this.#restartTimer();
	}

	#tick(dead: Stamp, counted: boolean): void {
		const errors = this.#age(dead);
		if (counted && this.#listeners.size > 0) {
			this.#running().arm();
			for (const call of [...this.#listeners]) {
				try {
					// One before may have ended it.
					if (this.#listeners.has(call)) call();
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
			settleAt: NEVER,
			errors: [],
		};
	}

	#age(dead?: Stamp): unknown[] {
		const aging = this.#aging(dead !== undefined);
		this.#queue.age(aging, dead);
		this.#agedAt = aging.now;
		this.#settleFrom(Math.min(this.#settleAt, aging.settleAt));
		return aging.errors;
	}

	#settleFrom(time: number): void {
		this.#settleAt = time;
		this.#restartTimer();
	}

	/** The timer runs only while the queue holds somebody. */
	#restartTimer(): void {
		this.#timer?.cancel();
		this.#timer = undefined;
		const now = host.now();
		const at = Math.min(this.#agedAt + this.#idleCleanup, this.#settleAt);
		if (this.#queue.empty || !this.#timers || at === NEVER) return;
		// A timer that is started and, for want of stack, not told to let the process end, would hold it for minutes. Whoever
		// joins next starts it.
		if (!hasStack(TIMER_STACK)) return;
		const wakeAt = Math.min(at, now + MAX_DELAY);
		this.#timer = host.startTimer(
			() => this.#passUntil(Math.max(wakeAt, host.now())),
			Math.max(0, Math.ceil(wakeAt - now)),
		);
		this.#timer.keepAlive(false);
	}

	#passUntil(now: number): void {
		if (now >= this.#agedAt + this.#idleCleanup) this.#age().forEach(reportUncaught);
		else if (now >= this.#settleAt) this.#settleFrom(this.#queue.settle(now, this.#minAge));
		else this.#restartTimer();
	}
}

export const runtime: Runtime = threadGlobal("runtime.3", () => new ThreadRuntime());
