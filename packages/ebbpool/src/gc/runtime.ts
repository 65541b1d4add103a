import { host } from "#host";
import { reportUncaught } from "../base/errors.ts";
import type { Timer } from "../base/host/host.ts";
import { threadGlobal } from "../base/thread-global.ts";
import { type Age, AgingQueue } from "./aging.ts";
import { MajorClock, type Stamp } from "./major-clock.ts";

/** What all copies of this package in one thread share. */
export interface Runtime {
	/** Makes a holder of items age from now on. */
	join(age: Age): void;
	/** Ages every holder now; returns what hooks threw. */
	ageAll(): unknown[];
	/** Calls `listener` at each major collection; returns what ends it. */
	listen(listener: () => void): () => void;
	/** Sets after how many milliseconds without a major collection everybody ages all the same. */
	setIdleCleanup(ms: number | false): void;
}

class ThreadRuntime implements Runtime {
	readonly #clock = new MajorClock((dead, counted) => this.#tick(dead, counted));
	readonly #queue = new AgingQueue(this.#clock);
	readonly #listeners = new Set<() => void>();
	/** As long as Go waits before it forces a collection. */
	#idleCleanup: number | false = 120_000;
	#timer: Timer | undefined;

	join(age: Age): void {
		this.#queue.join(age);
		if (this.#timer === undefined) this.#restartTimer();
	}

	ageAll(): unknown[] {
		return this.#age();
	}

	listen(listener: () => void): () => void {
		const call = () => listener(); // one entry a subscription, also where two have the same listener
		this.#listeners.add(call);
		this.#clock.arm();
		return () => void this.#listeners.delete(call);
	}

	setIdleCleanup(ms: number | false): void {
		if (ms === this.#idleCleanup) return;
		this.#idleCleanup = ms;
		this.#restartTimer();
	}

	#tick(dead: Stamp, counted: boolean): void {
		const errors = this.#age(dead);
		if (counted && this.#listeners.size > 0) {
			this.#clock.arm();
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

	#age(dead?: Stamp): unknown[] {
		const errors = this.#queue.age(dead);
		this.#restartTimer();
		return errors;
	}

	/** The timer runs only while the queue holds somebody, and from the last aging on. */
	#restartTimer(): void {
		this.#timer?.cancel();
		this.#timer = undefined;
		if (this.#queue.empty || this.#idleCleanup === false) return;
		this.#timer = host.startTimer(() => this.#age().forEach(reportUncaught), this.#idleCleanup);
		this.#timer.keepAlive(false);
	}
}

export const runtime: Runtime = threadGlobal("runtime.2", () => new ThreadRuntime());
