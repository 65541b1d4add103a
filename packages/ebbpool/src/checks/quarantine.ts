import { reportUncaught } from "../base/errors.ts";
import { runtime } from "../gc/runtime.ts";
import type { Session } from "./session.ts";

/** How many items of a pool are kept back at most. */
const PLACES = 16;

/** Generations are aged once in so many puts that chaos interferes with. */
const AGINGS = 8;

/**
 * Items that were put and are kept back for a while, so that a late use or a second put is seen before somebody gets them:
 * those of a sample, and those that chaos draws. Chaos drops others, and ages all pools now and then.
 */
export class Quarantine {
	readonly #session: Session;
	readonly #items: unknown[] = [];
	/** The item that is being put now since its time is over. */
	releasing: unknown;

	constructor(session: Session) {
		this.#session = session;
	}

	get size(): number {
		return this.#items.length;
	}

	has(item: unknown): boolean {
		return this.#items.includes(item);
	}

	/** An item that somebody has again, which a `new` may make of one and the same. */
	forget(item: unknown): void {
		for (let i = this.#items.length - 1; i >= 0; i--) if (this.#items[i] === item) this.#items.splice(i, 1);
	}

	/** Whether an item may go into the pool now. */
	lets(item: unknown, watched: boolean): boolean {
		const { chaos, random, sample } = this.#session;
		if (this.releasing === item) return true;
		if (chaos > 0) {
			const drawn = random() / chaos;
			if (drawn < 1 / 2) return false;
			if (drawn < 1) {
				// What hooks throw meanwhile is none of this put's.
				if (random() < 1 / AGINGS) runtime().ageAll().forEach(reportUncaught);
				this.#items.push(item);
				return false;
			}
		}
		if (sample === 1 || !watched) return true;
		this.#items.push(item);
		return false;
	}

	/** Lets go of the oldest, while there are more than may be left. */
	release(put: (item: unknown) => void, left = PLACES): void {
		while (this.#items.length > left) {
			this.releasing = this.#items.shift();
			try {
				put(this.releasing);
			} finally {
				this.releasing = undefined;
			}
		}
	}
}
