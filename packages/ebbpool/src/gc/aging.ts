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
	/** The earliest time at which victims of theirs are old enough to be made weak; each may make it earlier. */
	settleAt: number;
	/** Receives what hooks throw; aging itself throws nothing. */
	readonly errors: unknown[];
}

/** Holds items in generations, and must age. */
export interface Holder {
	/** Lets go of victims that are old enough, makes what is local victims, and tells its place whether anything is held. */
	age(aging: Aging): void;
	/** Makes victims weak that are old enough, so that the next collection may take them; returns when more will be. */
	settle(now: number, minAge: number): number;
	/** Has the next put ask whether a collection ran meanwhile. */
	checkNextPut(): void;
}

const UNARMED = NEVER as Stamp;
const EARLY: readonly Place[] = [];

/** A holder's place in the aging queue. */
export class Place {
	readonly holder: Holder;
	/** Whether the holder holds anything, as it says itself. */
	holding = false;
	/** The rest is the queue's own: whether it is in there, which collections it has not seen, and who ages it now. */
	queued = false;
	stamp: Stamp = UNARMED;
	pass: readonly Place[] | undefined;

	constructor(holder: Holder) {
		this.holder = holder;
	}

	/** Whether it must join before it may hold anything. */
	get mustJoin(): boolean {
		return !this.queued || this.stamp === UNARMED;
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

	join(place: Place): void {
		if (!place.queued) {
			place.stamp = UNARMED;
			this.#places.push(place);
			place.queued = true;
		}
		if (place.stamp === UNARMED) place.stamp = this.#clock.arm();
	}

	/** Ages those that joined before the newest dead sentinel, as the others have seen no collection yet; without one, all. */
	age(aging: Aging, dead?: Stamp): void {
		const due = this.#places.filter(
			({ pass, stamp }) => pass === undefined && (dead === undefined || stamp <= dead),
		);
		this.#ageAll(due, aging);
		// Shelves that were made meanwhile will thus have lived through a collection at the next tick.
		let stamp: Stamp | undefined;
		for (const place of this.#places) {
			if (place.stamp === UNARMED) place.stamp = stamp ??= this.#clock.arm();
		}
	}

	/** Ages one if a collection ran since it joined, whose tick is still to come. */
	ageEarly(place: Place, aging: Aging): void {
		if (place.pass !== undefined || !this.#clock.isPast(place.stamp)) return;
		try {
			place.pass = EARLY;
			place.holder.age(aging);
		} finally {
			place.pass = undefined;
			place.stamp = UNARMED;
		}
		this.join(place);
	}

	#ageAll(due: readonly Place[], aging: Aging): void {
		try {
			for (const place of due) place.pass = due;
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
			for (const place of places) {
				if (place.pass === due) {
					place.pass = undefined;
					place.stamp = UNARMED;
					place.queued = place.holding;
				}
				if (place.queued) places[left++] = place;
			}
			places.length = left;
		}
	}

	/** Has victims made weak that are old enough; returns when there will be more. */
	settle(now: number, minAge: number): number {
		let next = NEVER;
		for (const { holder } of this.#places) next = Math.min(next, holder.settle(now, minAge));
		return next;
	}
}
