import { NEVER } from "../../base/rules.ts";
import type { Watch } from "./signal-watch.ts";

/** Settles the promise of an `acquire`. */
export type Resolve<L> = (outcome: L | Promise<never>) => void;

/** A caller whose wait may be aborted, or whose lease is watched. */
export interface WatchedWaiter<L> {
	/** Its queue, and where it is in there, which the queue sets. */
	queue: WaiterQueue<L> | undefined;
	index: number;
	readonly resolve: Resolve<L>;
	/** Of its signal, if it has one. */
	watch: Watch<WatchedWaiter<L>> | undefined;
	/** Carries the stack of the `acquire`, where leases are watched. */
	readonly acquired: Error | undefined;
}

/** Others are no more than the function that settles their promise: nothing else for the collector to move. */
export type Waiter<L> = Resolve<L> | WatchedWaiter<L>;

/** Powers of two, as an index is a number modulo the capacity. */
const FIRST_CAPACITY = 8;
/** An empty queue keeps this much: the default `maxWaiting` fits. */
const MOST_KEPT = 1024;

/**
 * Those who wait, in the order in which they came, since when and for how long: a ring. Whoever leaves out of turn leaves
 * a gap, which is closed when it comes to the front or the ring is full; a ring half full of gaps does not grow.
 */
export class WaiterQueue<L> {
	#waiters: (Waiter<L> | undefined)[] = new Array(FIRST_CAPACITY);
	/** By index: since when, and for how long. */
	#times = new Float64Array(2 * FIRST_CAPACITY);
	/** Where whoever waits longest is, if anybody does. */
	front = 0;
	/** Indices in use, gaps included. */
	#length = 0;
	/** How many wait. */
	size = 0;

	add(waiter: Waiter<L>, since: number, timeout: number): void {
		const capacity = this.#waiters.length;
		if (this.#length === capacity) this.#move(2 * this.size > capacity ? 2 * capacity : capacity);
		const index = this.#behind(this.#length++);
		this.#waiters[index] = waiter;
		this.#times[2 * index] = since;
		this.#times[2 * index + 1] = timeout;
		this.size++;
		if (typeof waiter !== "function") {
			waiter.queue = this;
			waiter.index = index;
		}
	}

	/** Whether one more fits as things are. */
	get hasRoom(): boolean {
		return this.#length < this.#waiters.length;
	}

	/** Adds one where there is room. It makes no call, so that it happens or throws at once. */
	push(waiter: Resolve<L>, since: number, timeout: number): void {
		const index = (this.front + this.#length) & (this.#waiters.length - 1);
		this.#waiters[index] = waiter;
		this.#times[2 * index] = since;
		this.#times[2 * index + 1] = timeout;
		this.#length++;
		this.size++;
	}

	/** Whoever waits longest. */
	get first(): Waiter<L> | undefined {
		return this.#waiters[this.front];
	}

	/** Takes out whoever waits longest, who is not the last one; likewise without a call. */
	shift(): void {
		const waiters = this.#waiters;
		const mask = waiters.length - 1;
		let { front } = this;
		waiters[front] = undefined;
		do {
			front = (front + 1) & mask;
			this.#length--;
		} while (waiters[front] === undefined);
		this.front = front;
		this.size--;
	}

	/** Takes out whoever is at an index; the caller knows that somebody is. */
	remove(index: number): Waiter<L> {
		const waiter = this.#waiters[index] as Waiter<L>;
		this.#waiters[index] = undefined;
		this.size--;
		while (this.#length > 0 && this.#waiters[this.front] === undefined) {
			this.front = this.#behind(1);
			this.#length--;
		}
		if (this.#length === 0 && this.#waiters.length > MOST_KEPT) this.#move(FIRST_CAPACITY);
		if (typeof waiter !== "function") waiter.queue = undefined;
		return waiter;
	}

	since(index: number): number {
		return this.#times[2 * index] as number;
	}

	/**
	 * Shows the indices whose deadline has come, which are to be left at once, with what the timeout was.
	 *
	 * @returns the earliest deadline of the others
	 */
	late(now: number, show: (index: number, timeout: number) => void): number {
		let earliest = NEVER;
		for (let left = this.#length, index = this.front; left > 0; left--) {
			if (this.#waiters[index] !== undefined) {
				const timeout = this.#times[2 * index + 1] as number;
				const deadline = this.since(index) + timeout;
				if (deadline <= now) show(index, timeout);
				else earliest = Math.min(earliest, deadline);
			}
			index = (index + 1) & (this.#waiters.length - 1);
		}
		return earliest;
	}

	/** The index so many behind the front. */
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
			const index = (front + i) & (waiters.length - 1);
			const waiter = waiters[index];
			if (waiter !== undefined) this.add(waiter, times[2 * index] as number, times[2 * index + 1] as number);
		}
	}
}
