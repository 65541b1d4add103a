import { NEVER } from "../base/rules.ts";
import type { MajorClock, Stamp } from "./major-clock.ts";

/** What all who age at one moment are told of it. */
export interface Aging {
	/** Whether a major collection ran since they joined the queue; false when aged by hand or by timer. */
	readonly collected: boolean;
	readonly now: number;
	/** How long a victim generation lives at least, in milliseconds, unless a pool has a rule of its own. */
	readonly minAge: number;
	/** Whether victim generations go now, however young. */
	readonly atOnce: boolean;
	/** Receives what hooks throw; aging itself throws nothing. */
	readonly errors: unknown[];
}

/** Holds items in generations, and must age. */
export interface Holder {
	/** Lets go of victims that are old enough, makes what is local victims, and tells its place whether anything is held. */
	age(aging: Aging): void;
	/** Makes victims weak that are old enough, so that the next collection may take them; returns when more will be. */
	settle(now: number, minAge: number): number;
	/** Works out anew what its fast halves may use: its place was closed. */
	reopen(): void;
}

/** Of who is in the queue, but not armed. */
const UNARMED = NEVER as Stamp;

/** A holder's place in the aging queue. */
export class Place {
	readonly holder: Holder;
	/** Whether the holder holds anything, as it says itself. */
	holding = false;
	/** Whether what is put now will age, and need not ask if a collection ran meanwhile, whose tick is still to come. */
	open = false;
	/** The rest is the queue's own. The collections before this have not been seen; `undefined` while not in the queue. */
	stamp: Stamp | undefined;
	/** Whether the holder ages right now. */
	aging = false;
	/** Whether it was arranged, since the last aging, that the place is closed once more. */
	closing = false;

	constructor(holder: Holder) {
		this.holder = holder;
	}
}

/**
 * Everything in this thread that holds items and must age. What holds nothing is not here, so that idle pools cost nothing;
 * what is here is held strongly, for two agings at the most, or as long as its victims are too young to go.
 *
 * The stack may overflow in any call. So what must happen together has no call in between, a place leaves the queue only
 * after it was aged, and one that could not be armed is armed with the next.
 */
export class AgingQueue {
	readonly #clock: Pick<MajorClock, "arm" | "isPast">;
	#places: Place[] = [];

	constructor(clock: Pick<MajorClock, "arm" | "isPast">) {
		this.#clock = clock;
	}

	get empty(): boolean {
		return this.#places.length === 0;
	}

	/** Has a place age from now on, whatever it is about to hold, and opens it. */
	join(place: Place): void {
		place.holding = true;
		if (place.stamp === undefined) {
			this.#places.push(place);
			place.stamp = UNARMED;
		}
		if (place.stamp === UNARMED) place.stamp = this.#clock.arm();
		place.open = place.stamp < UNARMED;
	}

	/** Ages those that joined before the newest dead sentinel, as the others have seen no collection yet; without one, all. */
	age(aging: Aging, dead: Stamp = UNARMED): void {
		const due = this.#places.filter((place) => !place.aging && (place.stamp as Stamp) <= dead);
		try {
			for (const place of due) begin(place);
			for (const { holder } of due) {
				try {
					holder.age(aging);
				} catch (error) {
					aging.errors.push(error);
				}
			}
		} finally {
			const places = this.#places;
			let left = 0;
			for (const place of due) {
				place.aging = false;
				place.stamp = place.holding ? UNARMED : undefined;
			}
			for (const place of places) if (place.stamp !== undefined) places[left++] = place;
			places.length = left;
		}
		// Shelves that were made meanwhile will thus have lived through a collection at the next tick.
		let stamp: Stamp | undefined;
		for (const place of this.#places) {
			if (place.stamp === UNARMED) place.stamp = stamp ??= this.#clock.arm();
		}
	}

	/** Whether a collection ran since a place joined, whose tick is still to come. */
	isLate({ aging, stamp }: Place): boolean {
		return !aging && this.#clock.isPast(stamp as Stamp);
	}

	/** Ages one. */
	ageOne(place: Place, aging: Aging): void {
		try {
			begin(place);
			place.holder.age(aging);
		} finally {
			place.aging = false;
			place.stamp = UNARMED;
		}
	}

	/** Has victims made weak that are old enough; returns when there will be more. */
	settle(now: number, minAge: number): number {
		let next = NEVER;
		for (const { holder } of this.#places) next = Math.min(next, holder.settle(now, minAge));
		return next;
	}

	/** Has everything that is put next enter anew. */
	close(): void {
		for (const place of this.#places) {
			place.open = false;
			place.holder.reopen();
		}
	}
}

function begin(place: Place): void {
	place.aging = true;
	place.open = false;
	place.closing = false;
}
