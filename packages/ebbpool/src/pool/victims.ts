import { NEVER } from "../base/rules.ts";
import type { Aging } from "../gc/aging.ts";

/** What became old at one collection, or at a few in quick succession: a shelf that was the local generation before. */
interface Batch<T> {
	/** The shelf; the collector may take one that is held weakly. */
	reference: { deref(): T[] | undefined };
	weak: boolean;
	/** Whether the shelf may be held weakly: it has lived through a major collection, and nobody needs the items later. */
	old: boolean;
	size: number;
	/** When the first and the last of it became victims. */
	readonly since: number;
	until: number;
}

/** Victims that became so within this share of their least age go together, so that there are few batches. */
const TOGETHER = 1 / 8;

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
	#batches: readonly Batch<T>[] = [];
	#evicted = 0;

	/** Whether there may be any; looks into none. */
	get any(): boolean {
		return this.#batches.length > 0;
	}

	/** How many items are still here. */
	get size(): number {
		this.#look();
		let size = 0;
		for (const batch of this.#batches) size += batch.size;
		return size;
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
			const shelf = batch.reference.deref();
			const left = shelf === undefined || batch.size === 1 ? batches.slice(0, -1) : batches;
			const item = shelf?.pop();
			this.#batches = left;
			if (item !== undefined) {
				batch.size--;
				return item;
			}
			this.#evicted += batch.size;
		}
	}

	/**
	 * Lets go of what is old enough, and takes over a shelf; whoever hands it over has to make another one at once.
	 *
	 * @param weakly - whether nobody needs the items when they go
	 * @returns the items that were let go of; none where nobody needs them
	 */
	age(shelf: T[], weakly: boolean, minAge: number, aging: Aging): readonly T[] {
		const { now, collected, atOnce } = aging;
		const due = atOnce ? NEVER : now - minAge;
		const left: Batch<T>[] = [];
		const gone: T[][] = [];
		let evicted = 0;
		for (const batch of this.#batches) {
			if (batch.until > due) {
				// Made by hand or by the timer, it has seen a collection now.
				if (collected) batch.old = weakly;
				left.push(batch);
				continue;
			}
			evicted += batch.size;
			if (!weakly) gone.push(batch.reference.deref() as T[]);
		}
		if (shelf.length > 0) {
			const last = left.at(-1);
			const together = last !== undefined && !last.weak && now - last.since <= minAge * TOGETHER;
			left.push(
				together ? merge(left.pop() as Batch<T>, shelf, now) : batchOf(shelf, weakly && collected, now),
			);
		}
		const next = settle(left, due) + minAge;
		if (next < aging.settleAt) aging.settleAt = next;
		this.#batches = left;
		this.#evicted += evicted;
		return gone.flat() as T[];
	}

	/** Makes weak what has lived since `due`, where it may be; returns since when the youngest of the others lives. */
	settle(due: number): number {
		return settle(this.#batches, due);
	}

	/** Lets go of everything, and counts nothing as evicted; returns what is left of it. */
	release(): readonly T[] {
		this.#look();
		const items = this.#batches.flatMap(({ reference }) => reference.deref() ?? []);
		this.#batches = [];
		return items;
	}

	/** Notices what the collector has taken. Looking keeps what is held weakly alive for this job. */
	#look(): void {
		const left = this.#batches.filter(({ reference }) => reference.deref() !== undefined);
		if (left.length === this.#batches.length) return;
		let size = 0;
		for (const batch of this.#batches) if (!left.includes(batch)) size += batch.size;
		this.#batches = left;
		this.#evicted += size;
	}
}

const strongly = <T>(shelf: T[]) => ({ deref: () => shelf });

function batchOf<T>(shelf: T[], old: boolean, now: number): Batch<T> {
	return { reference: strongly(shelf), weak: false, old, size: shelf.length, since: now, until: now };
}

/** Adds a shelf to a batch that is held strongly; moves the fewer of the items. */
function merge<T>(batch: Batch<T>, shelf: T[], now: number): Batch<T> {
	const [fewer, more] = [batch.reference.deref() as T[], shelf].sort((a, b) => a.length - b.length) as [
		T[],
		T[],
	];
	for (const item of fewer) more.push(item);
	return { ...batch, reference: strongly(more), size: more.length, until: now };
}

/** {@link Victims.settle} of some batches. */
function settle<T>(batches: readonly Batch<T>[], due: number): number {
	let next = NEVER;
	for (const batch of batches) {
		if (!batch.old || batch.weak) continue;
		if (batch.until > due) {
			next = Math.min(next, batch.until);
			continue;
		}
		batch.reference = new WeakRef(batch.reference.deref() as T[]);
		batch.weak = true;
	}
	return next;
}
