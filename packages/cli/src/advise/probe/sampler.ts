import { random } from "./random.ts";

/** What an allocation costs besides its bytes: so that many small ones are seen as well. */
const BASE = 256;
const FIRST_INTERVAL = 16 * 1024;
const LARGEST_INTERVAL = 64 * 1024 * 1024;
/** A sample takes some 5 to 30 µs, so that this many are a percent or two of the time; with fewer, small sites beside large ones are missed. */
const MOST_SAMPLES_PER_SECOND = 1000;
const REVIEW_SAMPLES = 100;
const EAGER_FACTOR = 1 / 16;

/**
 * Chooses allocations at random so that each stands for a known number of others: a Poisson process along the bytes
 * allocated. The mean distance grows until samples are rare enough, and whatever is sampled carries the weight of its time.
 */
export class Sampler {
	#interval = FIRST_INTERVAL;
	#eager = false;
	#credit = FIRST_INTERVAL * -Math.log(random());
	#sinceReview = 0;
	#reviewedAt: number;
	readonly #now: () => number;

	constructor(now: () => number) {
		this.#now = now;
		this.#reviewedAt = now();
	}

	/** True if this allocation is to be sampled; a few nanoseconds otherwise. */
	take(bytes: number): boolean {
		this.#credit -= bytes + BASE;
		return this.#credit < 0;
	}

	/** After `take` said true: how many allocations this one stands for. */
	weigh(bytes: number): number {
		const interval = this.#distance();
		const weight = 1 / -Math.expm1(-(bytes + BASE) / interval);
		if (++this.#sinceReview === REVIEW_SAMPLES) this.#review();
		this.#credit = this.#distance() * -Math.log(random());
		return weight;
	}

	/** Samples many more, or as before. */
	set eager(eager: boolean) {
		this.#eager = eager;
		this.#credit = this.#distance() * -Math.log(random());
	}

	#distance(): number {
		return this.#eager ? this.#interval * EAGER_FACTOR : this.#interval;
	}

	#review(): void {
		const at = this.#now();
		const perSecond = (REVIEW_SAMPLES / Math.max(at - this.#reviewedAt, 1e-3)) * 1000;
		if (!this.#eager && perSecond > MOST_SAMPLES_PER_SECOND) {
			this.#interval = Math.min(LARGEST_INTERVAL, this.#interval * 2);
		}
		this.#sinceReview = 0;
		this.#reviewedAt = at;
	}
}
