import { now } from "./natives.ts";
import { random } from "./random.ts";

/** To time a call and to find its site takes some 10 to 30 µs: this many are a quarter of a percent of the time at most. */
const MOST_PER_SECOND = 100;
const REVIEW_AFTER = 50;

/** Times some allocations, chosen at random, where the program makes them: with its caches, its heap and its machine. */
export class Stopwatch {
	#every = 8;
	#left = 1;
	#timed = 0;
	#reviewedAt = now();
	/** What it took to look at the clock, just before: where it is seldom looked at, that is more than in a loop. */
	#own = 0;

	/** When the allocation begins, if it is to be timed; else 0. */
	start(): number {
		if (--this.#left > 0) return 0;
		const before = now();
		const startedAt = now();
		this.#own = startedAt - before;
		return startedAt;
	}

	/** Nanoseconds since `start`. */
	stop(startedAt: number): number {
		const ms = now() - startedAt - this.#own;
		this.#left = 1 + Math.floor(2 * this.#every * random());
		if (++this.#timed % REVIEW_AFTER === 0) {
			const at = now();
			if (REVIEW_AFTER / (at - this.#reviewedAt) > MOST_PER_SECOND / 1000) this.#every *= 2;
			this.#reviewedAt = at;
		}
		return Math.max(0, ms) * 1e6;
	}
}
