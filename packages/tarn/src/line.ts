/** So many places of those who left are kept before they are closed. */
const GAP = 1_024;

interface Waiting {
	/** Whether it waits no more. */
	readonly settled: boolean;
}

/**
 * Those who wait, in the order in which they came. (A `Map` in which each entry lives for a while, and the oldest one leaves
 * first, makes the collector carry all of them over to the old generation.)
 */
export class Line<W extends Waiting> {
	readonly #places: (W | undefined)[] = [];
	#front = 0;

	add(waiting: W): void {
		this.#places.push(waiting);
	}

	/** Lets go of those in front who wait no more. */
	close(): void {
		const places = this.#places;
		while (this.#front < places.length && places[this.#front]?.settled !== false) {
			places[this.#front++] = undefined;
		}
		if (this.#front === places.length) {
			places.length = 0;
			this.#front = 0;
		} else if (this.#front >= GAP) {
			places.splice(0, this.#front);
			this.#front = 0;
		}
	}

	/** Who waits longest. */
	get first(): W | undefined {
		this.close();
		return this.#places[this.#front];
	}

	get all(): readonly W[] {
		return this.#places.filter((waiting) => waiting !== undefined && !waiting.settled) as W[];
	}
}
