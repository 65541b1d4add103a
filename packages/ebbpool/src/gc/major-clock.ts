import { type SentinelSource, sentinelSource } from "./sentinel.ts";

/**
 * A point in the thread's sequence of sentinels, counted from 1. What was armed with stamp `s` has lived through a major
 * collection exactly when the clock reports a `dead` of at least `s`.
 */
export type Stamp = number & { readonly stamp: unique symbol };

/**
 * Tells that the engine ran a major garbage collection, by the death of a sentinel registered with a
 * `FinalizationRegistry`. It is armed on demand, ticks in a later task than the collection, and keeps nothing alive: not
 * the process, not a worker, not what armed it.
 */
export class MajorClock {
	readonly #source: SentinelSource;
	readonly #onTick: (dead: Stamp, counted: boolean) => void;
	readonly #registry: FinalizationRegistry<number>;
	/** The newest sentinel planted. */
	#newest = 0;
	/** The newest sentinel known dead. */
	#dead = 0;
	/** The newest sentinel at the last counted tick: those up to it died in that collection or are not counted again. */
	#ticked = 0;
	#due = false;

	/**
	 * @param onTick - called with the newest sentinel that died; `counted` is true once per major collection, and false
	 *   where more of its dead are reported later, or where it found only what was armed between an earlier collection and
	 *   its tick
	 */
	constructor(onTick: (dead: Stamp, counted: boolean) => void, source = sentinelSource()) {
		this.#onTick = onTick;
		this.#source = source;
		this.#registry = new FinalizationRegistry((id) => this.#died(id));
	}

	/** Makes sure that the next major collection ticks; the stamp tells it from those that are already over. */
	arm(): Stamp {
		if (this.#source.immediate || this.#dead === this.#newest) this.#plant();
		return this.#newest as Stamp;
	}

	#plant(): void {
		this.#registry.register(this.#source.next(), ++this.#newest);
	}

	#died(id: number): void {
		if (id === 1 && !this.#source.immediate) {
			this.#plant();
			return;
		}
		if (id > this.#dead) this.#dead = id;
		if (this.#due) return;
		// One collection finds many sentinels dead; they are reported one by one, and tick once.
		this.#due = true;
		queueMicrotask(() => this.#tick());
	}

	#tick(): void {
		this.#due = false;
		const counted = this.#dead > this.#ticked;
		if (counted) this.#ticked = this.#newest;
		this.#onTick(this.#dead as Stamp, counted);
	}
}
