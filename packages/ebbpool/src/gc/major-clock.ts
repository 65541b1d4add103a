import { type SentinelSource, sentinelSource } from "./sentinel.ts";

/**
 * A point in the thread's sequence of sentinels, counted from 1. What was armed with stamp `s` has lived through a major
 * collection exactly when the clock reports a `dead` of at least `s`.
 */
export type Stamp = number & { readonly stamp: unique symbol };

/** Whether the engine tells of collections: there are small ones without weak references. */
export function hasMajorCollections(): boolean {
	if (typeof FinalizationRegistry === "undefined" || typeof WeakRef === "undefined") return false;
	// A new reference keeps its target until the job ends. Where objects are counted it does not, and nothing that is put
	// behind one stays for a moment; nor do such engines have major collections.
	return new WeakRef({}).deref() !== undefined;
}

/**
 * Tells that the engine ran a major garbage collection, by the death of a sentinel registered with a
 * `FinalizationRegistry`. It is armed on demand, ticks in a later task than the collection, and keeps nothing alive: not
 * the process, not a worker, not what armed it.
 */
export class MajorClock {
	readonly #source: SentinelSource;
	readonly #onTick: (dead: Stamp, counted: boolean) => void;
	readonly #registry: FinalizationRegistry<number>;
	/** The twin of the newest sentinel. */
	#twin: WeakRef<WeakKey> | undefined;
	/** The newest sentinel planted. */
	#newest = 0;
	/** The newest sentinel reported dead. */
	#dead = 0;
	/** The newest sentinel known dead, although it may not have been reported yet. */
	#found = 0;
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
		this.#look();
		if (this.#source.immediate || this.#found === this.#newest) this.#plant();
		return this.#newest as Stamp;
	}

	/** Whether a collection ran since this stamp was given, its tick having come or not. */
	isPast(stamp: Stamp): boolean {
		this.#look();
		return stamp <= this.#found;
	}

	/** Notices that a collection found the newest sentinel dead, before it is reported. */
	#look(): void {
		if (this.#twin !== undefined && this.#twin.deref() === undefined) {
			this.#twin = undefined;
			this.#found = this.#newest;
		}
	}

	#plant(): void {
		const { sentinel, twin } = this.#source.next();
		this.#twin = new WeakRef(twin);
		this.#registry.register(sentinel, ++this.#newest);
	}

	#died(id: number): void {
		if (id > this.#found) this.#found = id;
		if (id === 1 && !this.#source.immediate) {
			if (this.#newest === 1) this.#plant();
			return;
		}
		if (id > this.#dead) this.#dead = id;
		if (this.#due) return;
		// One collection finds many sentinels dead; they are reported one by one, and tick once.
		this.#due = true;
		void this.#tick();
	}

	async #tick(): Promise<void> {
		await undefined;
		this.#due = false;
		const counted = this.#dead > this.#ticked;
		if (counted) this.#ticked = this.#source.immediate ? this.#newest : this.#dead;
		this.#onTick(this.#dead as Stamp, counted);
	}
}
