import { NEVER } from "../../base/rules.ts";
import type { AbortSignalLike } from "../../base/signal.ts";

/** Settles the promise of an `acquire`. */
export type Resolve<L> = (outcome: L | Promise<never>) => void;

/** Of a caller whose wait may be aborted, or whose lease is watched. */
export interface Ticket<L> {
	/** Where it is in the line, which sets it. */
	place: number;
	readonly resolve: Resolve<L>;
	readonly signal: AbortSignalLike | undefined;
	/** Carries the stack of the `acquire`, where leases are watched. */
	readonly acquired: Error | undefined;
}

/** Others are no more than the function that settles their promise: nothing else for the collector to move. */
export type Waiter<L> = Resolve<L> | Ticket<L>;

/** Powers of two, as a place is a number modulo the capacity. */
const FIRST_CAPACITY = 8;
/** An empty line keeps this much: the default `maxWaiting` fits. */
const MOST_KEPT = 1024;

/**
 * Those who wait, in the order in which they came, since when and for how long: a ring of places. Whoever leaves out of
 * turn leaves a gap, which is closed when it comes to the front or the ring is full; a ring half full of gaps does not grow.
 */
export class WaiterQueue<L> {
	#waiters: (Waiter<L> | undefined)[] = new Array(FIRST_CAPACITY);
	/** By place: since when, and for how long. */
	#times = new Float64Array(2 * FIRST_CAPACITY);
	/** Where whoever waits longest is, if anybody does. */
	front = 0;
	/** Places in use, gaps included. */
	#length = 0;
	/** How many wait. */
	size = 0;

	join(waiter: Waiter<L>, since: number, timeout: number): void {
		const capacity = this.#waiters.length;
		if (this.#length === capacity) this.#move(2 * this.size > capacity ? 2 * capacity : capacity);
		const place = this.#behind(this.#length++);
		this.#waiters[place] = waiter;
		this.#times[2 * place] = since;
		this.#times[2 * place + 1] = timeout;
		this.size++;
		if (typeof waiter !== "function") waiter.place = place;
	}

	/** Takes out whoever is at a place; the caller knows that somebody is. */
	leave(place: number): Waiter<L> {
		const waiter = this.#waiters[place] as Waiter<L>;
		this.#waiters[place] = undefined;
		this.size--;
		while (this.#length > 0 && this.#waiters[this.front] === undefined) {
			this.front = this.#behind(1);
			this.#length--;
		}
		if (this.#length === 0 && this.#waiters.length > MOST_KEPT) this.#move(FIRST_CAPACITY);
		return waiter;
	}

	since(place: number): number {
		return this.#times[2 * place] as number;
	}

	/**
	 * Shows the places whose deadline has come, which are to be left at once, with what the timeout was.
	 *
	 * @returns the earliest deadline of the others
	 */
	late(now: number, show: (place: number, timeout: number) => void): number {
		let earliest = NEVER;
		for (let left = this.#length, place = this.front; left > 0; left--) {
			if (this.#waiters[place] !== undefined) {
				const timeout = this.#times[2 * place + 1] as number;
				const deadline = this.since(place) + timeout;
				if (deadline <= now) show(place, timeout);
				else earliest = Math.min(earliest, deadline);
			}
			place = (place + 1) & (this.#waiters.length - 1);
		}
		return earliest;
	}

	/** The place so many behind the front. */
	#behind(count: number): number {
		return (this.front + count) & (this.#waiters.length - 1);
	}

	/** Puts all into a ring of another capacity, without the gaps. */
	#move(capacity: number): void {
		const waiters = this.#waiters;
		const times = this.#times;
		const { front } = this;
		this.#waiters = new Array(capacity);
		this.#times = new Float64Array(2 * capacity);
		this.front = this.#length = this.size = 0;
		for (let i = 0; i < waiters.length; i++) {
			const place = (front + i) & (waiters.length - 1);
			const waiter = waiters[place];
			if (waiter !== undefined) this.join(waiter, times[2 * place] as number, times[2 * place + 1] as number);
		}
	}
}
