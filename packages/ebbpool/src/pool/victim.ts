/**
 * The generation that lives until the next major collection: a whole shelf that was the local generation before.
 *
 * Held by a `WeakRef`, the shelf is emptied by that collection itself. The collector clears the reference to a shelf that
 * is still young in minor collections already, so that only a shelf that has lived through a major one may be held so.
 */
export class Victim<T> {
	#reference: { deref(): T[] | undefined } | undefined;
	#size = 0;
	#evicted = 0;

	/** Takes over a shelf; the one before must have been let go of. */
	hold(shelf: T[], weakly: boolean): void {
		this.#size = shelf.length;
		this.#reference = weakly ? new WeakRef(shelf) : { deref: () => shelf };
	}

	/** How many items are still here. */
	get size(): number {
		this.#look();
		return this.#size;
	}

	/** How many items were let go of because nobody took them. */
	get evicted(): number {
		this.#look();
		return this.#evicted;
	}

	/** Takes an item; `undefined` if there is none, or none any more. */
	take(): T | undefined {
		const item = this.#look()?.pop();
		if (item !== undefined && --this.#size === 0) this.release();
		return item;
	}

	/** Lets go of what nobody took; returns what is left of it. */
	evict(): readonly T[] {
		this.#evicted += this.#size;
		return this.release();
	}

	/** Lets go of everything, and counts nothing as evicted; returns what is left of it. */
	release(): readonly T[] {
		const shelf = this.#reference?.deref() ?? [];
		this.#reference = undefined;
		this.#size = 0;
		return shelf;
	}

	/** The shelf, if there is one; notices when the collector has taken it. Looking keeps a weak one alive for this job. */
	#look(): T[] | undefined {
		const shelf = this.#reference?.deref();
		if (shelf === undefined) this.evict();
		return shelf;
	}
}
