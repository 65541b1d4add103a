import { setImmediate } from "node:timers/promises";
import type { Random } from "./random.ts";

interface VirtualTimer {
	readonly time: number;
	readonly order: number;
	readonly callback: () => void;
	alive: boolean;
}

const MOST_STEPS = 50_000;

/** Time that passes only when nothing else can happen: an environment for a pool, and a `sleep` for its users. */
export class VirtualTime {
	readonly #random: Random;
	readonly #timers = new Set<VirtualTimer>();
	#now = 0;
	#order = 0;

	constructor(random: Random) {
		this.#random = random;
	}

	now(): number {
		return this.#now;
	}

	random(): number {
		return this.#random.next();
	}

	detached<R>(work: () => R): R {
		return work();
	}

	afterInput(callback: () => void): void {
		setTimeout(callback, 0);
	}

	startTimer(callback: () => void, ms: number) {
		const timer = { time: this.#now + ms, order: this.#order++, callback, alive: true };
		this.#timers.add(timer);
		return {
			keepAlive(alive: boolean) {
				timer.alive = alive;
			},
			cancel: () => void this.#timers.delete(timer),
			current: true,
		};
	}

	sleep(ms: number): Promise<void> {
		return new Promise((resolve) => this.startTimer(resolve, ms).keepAlive(false));
	}

	/** How many of the pool's timers keep the process alive. */
	get alive(): number {
		return [...this.#timers].filter(({ alive }) => alive).length;
	}

	/**
	 * Lets every timer up to `until` run, in order of time; after each, all that follows from it happens first.
	 *
	 * @param settled - called whenever nothing is left to happen at the present moment
	 */
	async run(until: number, settled: () => void): Promise<void> {
		for (let steps = 0; ; steps++) {
			if (steps > MOST_STEPS) throw new Error("timers go on for ever");
			await setImmediate();
			settled();
			const next = this.#next();
			if (next === undefined || next.time > until) break;
			this.#timers.delete(next);
			this.#now = Math.max(this.#now, next.time);
			next.callback();
		}
		this.#now = Math.max(this.#now, until);
	}

	#next(): VirtualTimer | undefined {
		let first: VirtualTimer | undefined;
		for (const timer of this.#timers) {
			if (
				first === undefined ||
				timer.time < first.time ||
				(timer.time === first.time && timer.order < first.order)
			) {
				first = timer;
			}
		}
		return first;
	}
}
