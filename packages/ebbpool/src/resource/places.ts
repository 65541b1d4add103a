/** Where a resource is; the names, but for the last, are those of the pool's statistics. */
export const Place = {
	opening: 0,
	idle: 1,
	checking: 2,
	inUse: 3,
	resetting: 4,
	closing: 5,
	gone: 6,
} as const;

export type PlaceName = keyof typeof Place;
export type Place = (typeof Place)[PlaceName];

const { opening, idle, checking, inUse, resetting, closing, gone } = Place;

/**
 * Where a resource may go from each place. It begins by being opened: one that cannot be opened is gone, any other one is
 * closed before it is gone. One that was given back may go from user to user.
 */
export const MOVES: readonly (readonly Place[])[] = [
	/* opening */ [idle, checking, inUse, closing, gone],
	/* idle */ [checking, inUse, closing],
	/* checking */ [idle, inUse, closing],
	/* inUse */ [idle, inUse, resetting, closing],
	/* resetting */ [idle, inUse, closing],
	/* closing */ [gone],
	/* gone */ [],
];

/** By place, times how many there are, and the place that follows: 1 where the table has that move. */
const legal = MOVES.flatMap((places) => MOVES.map((_, to) => Number(places.includes(to as Place))));

/** What has a place, which {@link Places} alone writes. */
export interface Placed {
	readonly place: Place;
}

/**
 * Where all resources are, and how many are in each place. To move one is one step, in which nobody else's code runs:
 * it happens or it throws.
 */
export class Places<P extends Placed> {
	readonly #all = new Set<P>();
	/** By place; not of those that are idle or in use, which can be derived, as they change at each lease. */
	readonly #counts = MOVES.map(() => 0);
	/** The oldest first. */
	readonly #idle: P[] = [];

	/** All that are not gone, in the order in which they came. */
	get all(): ReadonlySet<P> {
		return this.#all;
	}

	/** Those that are idle, in the order in which they became so. */
	get idle(): readonly P[] {
		return this.#idle;
	}

	/** How many there are. */
	get size(): number {
		return this.#all.size;
	}

	/** How many are open, and not being closed. */
	get ready(): number {
		return this.size - this.count(opening) - this.count(closing);
	}

	/** How many are there for those who wait, or may still be opened. */
	coming(max: number): number {
		const { size } = this;
		return this.count(idle) + this.count(checking) + this.count(opening) + Math.max(0, max - size);
	}

	/** Whether more are open than may be, as that may have been changed. */
	exceed(max: number): boolean {
		return this.size - this.count(closing) > max;
	}

	count(place: Place): number {
		if (place === idle) return this.#idle.length;
		if (place !== inUse) return this.#counts[place] as number;
		return this.ready - this.#idle.length - this.count(checking) - this.count(resetting);
	}

	/** Adds one that is being opened. */
	add(placed: P): void {
		this.#all.add(placed);
		(this.#counts[placed.place] as number)++;
	}

	/** @throws if the table has no such move */
	move(placed: P, to: Place): void {
		const from = placed.place;
		if (legal[MOVES.length * from + to] !== 1) refuse(from, to);
		if (from === idle) this.#takeOff(placed);
		if (to === idle) this.#idle.push(placed);
		(this.#counts[from] as number)--;
		(this.#counts[to] as number)++;
		(placed as { place: Place }).place = to;
		if (to === gone) this.#all.delete(placed);
	}

	/** As `move` does from idle to in use, and no slower than a lease has to be. */
	lend(placed: P): void {
		if (placed.place !== idle) refuse(placed.place, inUse);
		this.#takeOff(placed);
		(placed as { place: Place }).place = inUse;
	}

	/** As `move` does from in use to idle. */
	shelve(placed: P): void {
		if (placed.place !== inUse) refuse(placed.place, idle);
		this.#idle.push(placed);
		(placed as { place: Place }).place = idle;
	}

	#takeOff(placed: P): void {
		const all = this.#idle;
		const { length } = all;
		if (all[length - 1] === placed) all.pop();
		else if (all[0] === placed) all.shift();
		else all.splice(all.indexOf(placed), 1);
	}
}

function refuse(from: Place, to: Place): never {
	const names = Object.keys(Place);
	throw new Error(`a resource may not go from ${names[from]} to ${names[to]}`);
}
