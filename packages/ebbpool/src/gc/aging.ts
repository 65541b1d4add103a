import { ANY_STAMP, type MajorClock, type Stamp } from "./major-clock.ts";

/** Something that holds generations of items and ages with the collector. */
export interface Aging {
	/**
	 * Lets go of the victim generation and makes the local one the victim.
	 *
	 * @param collected - whether a major collection ran since this joined the queue; false when aged by hand or by timer
	 * @param errors - receives what hooks throw; aging itself throws nothing
	 * @returns whether it still holds anything; if not, it is out of the queue until it joins again
	 */
	age(collected: boolean, errors: unknown[]): boolean;
}

/**
 * Everything in this thread that holds items and must age, in the order in which it joined. Who holds nothing is not
 * here, so that idle pools cost nothing; who is here is held strongly, for two agings at the most.
 */
export class AgingQueue {
	readonly #clock: MajorClock;
	#entries: { readonly member: Aging; readonly stamp: Stamp }[] = [];

	constructor(clock: MajorClock) {
		this.#clock = clock;
	}

	get empty(): boolean {
		return this.#entries.length === 0;
	}

	join(member: Aging): void {
		this.#entries.push({ member, stamp: this.#clock.arm() });
	}

	/** Ages who joined before the newest dead sentinel; the others have seen no collection yet. */
	ageCollected(dead: Stamp): unknown[] {
		return this.#age(dead, true);
	}

	ageAll(): unknown[] {
		return this.#age(ANY_STAMP, false);
	}

	#age(dead: Stamp, collected: boolean): unknown[] {
		const entries = this.#entries;
		this.#entries = entries.filter((entry) => entry.stamp > dead);
		const errors: unknown[] = [];
		const holding: Aging[] = [];
		for (const { member, stamp } of entries) {
			if (stamp <= dead && member.age(collected, errors)) holding.push(member);
		}
		if (holding.length > 0) {
			// Armed after the members made their new shelves: by the next tick these will have lived through a collection.
			const stamp = this.#clock.arm();
			for (const member of holding) this.#entries.push({ member, stamp });
		}
		return errors;
	}
}
