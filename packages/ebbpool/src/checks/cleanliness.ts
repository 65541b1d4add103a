import { differences, type ItemState, stateOf } from "./item-state.ts";

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
	#first: ItemState | undefined;
	#made = 0;
	/** Paths that differ between new items, such as their ids. */
	readonly #varying = new Set<string>();
	/** What a reset set last to something else than when new, by path. */
	readonly #resetTo = new Map<string, unknown>();

	/** A new item, before anybody used it. */
	made(item: object): void {
		const state = stateOf(item);
		this.#states.set(item, state);
		this.#made++;
		this.#first ??= state;
		for (const path of differences(this.#first, state)) this.#varying.add(path);
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
			.filter((path) => this.#isLeft(path, before, after))
			.map((path) => ({ path, whenNew: whenNew.get(path), afterReset: after.get(path) }));
	}

	/** What the reset itself set may be a counter or a time; it is wrong if it is the same again. */
	#isLeft(path: string, before: ItemState, after: ItemState): boolean {
		const value = after.get(path);
		if (before.has(path) === after.has(path) && Object.is(before.get(path), value)) return true;
		const again = this.#resetTo.has(path) && Object.is(this.#resetTo.get(path), value);
		this.#resetTo.set(path, value);
		return again;
	}
}
