import type { MajorClock, Stamp } from "./major-clock.ts";

/**
 * Ages one holder of generations: lets go of its victim generation and makes the local one the victim.
 *
 * @param collected - whether a major collection ran since it joined the queue; false when aged by hand or by timer
 * @param errors - receives what hooks throw; aging itself throws nothing
 * @returns whether it still holds anything; if not, it is out of the queue until it joins again
 */
export type Age = (collected: boolean, errors: unknown[]) => boolean;

/**
 * Everything in this thread that holds items and must age, in the order in which it joined, which is that of the stamps. Who holds nothing is not
 * here, so that idle pools cost nothing; who is here is held strongly, for two agings at the most.
 */
export class AgingQueue {
	readonly #clock: MajorClock;
	#entries: { readonly age: Age; readonly stamp: Stamp }[] = [];

	constructor(clock: MajorClock) {
		this.#clock = clock;
	}

	get empty(): boolean {
		return this.#entries.length === 0;
	}

	join(age: Age): void {
		this.#entries.push({ age, stamp: this.#clock.arm() });
	}

	/**
	 * Ages who joined before the newest dead sentinel, as the others have seen no collection yet; without one, ages all.
	 *
	 * @returns what hooks threw
	 */
	age(dead?: Stamp): unknown[] {
		const errors: unknown[] = [];
		const collected = dead !== undefined;
		const last = this.#entries.findLastIndex(({ stamp }) => !collected || stamp <= dead);
		const due = this.#entries.splice(0, last + 1);
		const holding = due.filter(({ age }) => age(collected, errors));
		// They join again after they made new shelves, which will thus have lived through a collection at the next tick.
		for (const { age } of holding) this.join(age);
		return errors;
	}
}
