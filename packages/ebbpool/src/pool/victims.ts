import { NEVER } from "../base/rules.ts";
import type { Aging } from "../gc/aging.ts";

/** What became old at one collection: a shelf that was the local generation before. */
interface Batch<T> {
	/** The shelf; the collector may take one that is held weakly. */
	reference: { deref(): T[] | undefined };
	/** Whether the shelf may be held weakly from now on: it has lived through a major collection, and nobody needs the items later. */
	settling: boolean;
	size: number;
	/** When it became a victim. */
	readonly since: number;
}

/** What is in the local generation stays there for this share of the least age after a batch was taken, so that there are few. */
const APART = 1 / 8;

const sizeOf = (batches: readonly Batch<unknown>[]): number =>
	batches.reduce((sum, { size }) => sum + size, 0);

/**
 * The generation that lives until the next major collection, or, where collections come in quick succession, until it has
 * reached a least age: a few batches, the oldest first.
 *
 * Held by a `WeakRef`, a shelf is emptied by that collection itself. The collector clears the reference to a shelf that
 * is still young in minor collections already, so that only a shelf that has lived through a major one may be held so. While
 * it is too young to go it is held strongly.
 */
export class Victims<T> {
	/** Replaced as a whole: a stack overflow in between changes nothing. */
	#batches: Batch<T>[] = [];
	#evicted = 0;

	/** Whether there may be any; looks into none. */
	get any(): boolean {
		return this.#batches.length > 0;
	}

	/** How many items are still here. */
	get size(): number {
		this.#look();
		return sizeOf(this.#batches);
	}

	/** How many items were let go of because nobody took them. */
	get evicted(): number {
		this.#look();
		return this.#evicted;
	}

	/** Takes an item, of the youngest batch first; `undefined` if there is none, or none any more. */
	take(): T | undefined {
		for (;;) {
			const batches = this.#batches;
			const batch = batches.at(-1);
			if (batch === undefined) return undefined;
			const item = batch.reference.deref()?.pop();
			if (item === undefined) this.#evicted += batch.size;
			else batch.size--;
			if (item === undefined || batch.size === 0) batches.length--;
			if (item !== undefined) return item;
		}
	}

	/** Whether the last batch is old enough for another. */
	wantsMore(minAge: number, { now, atOnce }: Aging): boolean {
		const last = this.#batches.at(-1);
		return last === undefined || atOnce || now - last.since >= minAge * APART;
	}

	/**
	 * Lets go of what is old enough, and takes over a shelf, if one is given; whoever hands it over has to make another one
	 * at once.
	 *
	 * @param weakly - whether nobody needs the items when they go
	 * @returns the items that were let go of; none where nobody needs them
	 */
	age(
		shelf: T[] | undefined,
		weakly: boolean,
		minAge: number,
		{ now, collected, atOnce }: Aging,
	): readonly T[] {
		const due = atOnce ? NEVER : now - minAge;
		const gone = this.#batches.filter(({ since }) => since <= due);
		const left = this.#batches.slice(gone.length);
		// Made by hand or by the timer, they have seen a collection now.
		if (collected) for (const batch of left) batch.settling = weakly;
		if (shelf) {
			left.push({
				reference: { deref: () => shelf },
				settling: weakly && collected,
				size: shelf.length,
				since: now,
			});
		}
		const evicted = sizeOf(gone);
		const items = weakly ? [] : shelvesOf(gone);
		this.#batches = left;
		this.#evicted += evicted;
		return items;
	}

	/** Makes weak what has lived since `due`, where it may be; returns since when the oldest of the others lives. */
	settle(due: number): number {
		for (const batch of this.#batches) {
			if (!batch.settling) continue;
			if (batch.since > due) return batch.since;
			const shelf = batch.reference.deref();
			if (shelf !== undefined) batch.reference = new WeakRef(shelf);
			batch.settling = false;
		}
		return NEVER;
	}

	/** Lets go of everything, and counts nothing as evicted; returns what is left of it. */
	release(): readonly T[] {
		this.#look();
		const items = shelvesOf(this.#batches);
		this.#batches = [];
		return items;
	}

	/** Notices what the collector has taken. Looking keeps what is held weakly alive for this job. */
	#look(): void {
		const left = this.#batches.filter(({ reference }) => reference.deref() !== undefined);
		const taken = sizeOf(this.#batches) - sizeOf(left);
		this.#batches = left;
		this.#evicted += taken;
	}
}

const shelvesOf = <T>(batches: readonly Batch<T>[]): T[] =>
	batches.flatMap(({ reference }) => reference.deref() ?? []);
