import { differences, type ItemState, same, stateOf } from "./item-state.ts";

/** A field that a reset left as its last user had it, or set wrongly. */
export interface Dirt {
	/** Such as `.headers.size` or `[3]`. */
	readonly path: string;
	readonly whenNew: unknown;
	readonly afterReset: unknown;
}

/** Knows what the items of one pool look like when they are new, and so whether a reset was complete. */
export class Cleanliness {
	readonly #states = new WeakMap<object, ItemState>();
	readonly #whenGot = new WeakMap<object, ItemState>();
	#first: ItemState | undefined;
	#made = 0;
	/** Paths that differ between new items, such as their ids. */
	readonly #varying = new Set<string>();
	/** What resets made of something else than when new, by path: the last one of the pool, and of each item. */
	readonly #lastSet = new Map<string, Change>();
	readonly #lastSetOf = new WeakMap<object, Map<string, unknown>>();

	/** A new item, before anybody used it. */
	made(item: object): void {
		const state = stateOf(item);
		this.#states.set(item, state);
		this.#made++;
		this.#first ??= state;
		for (const path of differences(this.#first, state)) this.#varying.add(path);
	}

	/** A loan of an item begins that is watched, where earlier ones and their resets were not. */
	got(item: object): void {
		this.#whenGot.set(item, stateOf(item));
	}

	/** Runs a reset on an item; returns what it should have cleaned. */
	dirtAfter(item: object, reset: () => void): Dirt[] {
		const whenNew = this.#states.get(item) ?? (this.#made > 1 ? this.#first : undefined);
		if (whenNew === undefined) {
			reset();
			return [];
		}
		const before = stateOf(item);
		reset();
		const after = stateOf(item);
		return differences(whenNew, after)
			.filter((path) => !this.#varying.has(path))
			.filter((path) => this.#isLeft(item, path, before, after, whenNew.has(path)))
			.map((path) => ({ path, whenNew: whenNew.get(path), afterReset: after.get(path) }));
	}

	/**
	 * What the reset itself set may be a counter or a time; it is wrong if it is the same again, for a number that may be counted up
	 * from another one or for the same item. What a new item lacks, and only resets set, is a mark of theirs.
	 */
	#isLeft(item: object, path: string, before: ItemState, after: ItemState, wasThere: boolean): boolean {
		const from = before.get(path);
		const to = after.get(path);
		const last = this.#lastSet.get(path);
		const ofItem = this.#lastSetOf.get(item) ?? new Map<string, unknown>();
		const isAgain = ofItem.has(path) && same(ofItem.get(path), to);
		if (before.has(path) === after.has(path) && same(from, to)) {
			if (!wasThere && isAgain) return false;
			// What the user did not change may be what a reset set that nobody watched.
			const whenGot = this.#whenGot.get(item);
			if ((!wasThere || isNow(to)) && whenGot?.has(path) && same(whenGot.get(path), to)) return false;
			// A time that a reset sets may be that of the reset before.
			return last === undefined || !isNow(to);
		}
		const again = isAgain || (last !== undefined && same(last.to, to) && !mayBeCounted(last, from));
		this.#lastSet.set(path, { from, to });
		this.#lastSetOf.set(item, ofItem.set(path, to));
		return wasThere && again && !isNow(to);
	}
}

interface Change {
	readonly from: unknown;
	readonly to: unknown;
}

/** Whether two resets may have counted up two items alike. */
const mayBeCounted = ({ from, to }: Change, again: unknown): boolean =>
	typeof from === "number" && typeof to === "number" && same(from, again);

/** Whether a value is the time of day, in milliseconds or seconds: two resets may fall into one. */
function isNow(value: unknown): boolean {
	const now = Date.now();
	return typeof value === "number" && (Math.abs(value - now) < 1_000 || Math.abs(value - now / 1_000) < 2);
}
