import { Pool, type PoolOptions } from "ebbpool";

/** A source of items, as a workload sees it. */
export interface Items<T> {
	get(): T;
	put(item: T): void;
}

/** How items are made, and what is done with those that come back. */
export type ItemOptions<T> = PoolOptions<T> & { readonly new: () => T };

/** Every item is a new one. */
export function freshItems<T>(make: () => T, dispose: (item: T) => void = () => {}): Items<T> {
	return { get: make, put: dispose };
}

/**
 * What a good engineer writes who knows how many items are in use at a time: that many are made beforehand. Should there
 * ever be more, they are made too, and kept.
 */
export function itemsByHand<T>({ new: make, reset }: ItemOptions<T>, count: number): Items<T> {
	if (count === 1) return oneItem(make, reset);
	const idle = Array.from({ length: count }, make);
	return {
		get: () => idle.pop() ?? make(),
		put(item) {
			reset?.(item);
			idle.push(item);
		},
	};
}

/** A variable. */
function oneItem<T>(make: () => T, reset: ((item: T) => void) | undefined): Items<T> {
	const item = make();
	return reset === undefined ? { get: () => item, put() {} } : { get: () => item, put: reset };
}

/** Holds on to items that an operation gave back, as if so many more operations were under way. */
export class HeldItems<T> implements Items<T> {
	readonly #source: Items<T>;
	readonly #held: T[] = [];
	#count = 0;
	#next = 0;

	constructor(source: Items<T>) {
		this.#source = source;
	}

	/** From now on this many items are held. */
	hold(count: number): void {
		this.#count = count;
	}

	get(): T {
		return this.#source.get();
	}

	put(item: T): void {
		if (this.#held.length < this.#count) {
			this.#held.push(item);
			return;
		}
		if (this.#count === 0) {
			this.#source.put(item);
			return;
		}
		const oldest = this.#held[this.#next] as T;
		this.#held[this.#next] = item;
		this.#next = this.#next + 1 < this.#count ? this.#next + 1 : 0;
		this.#source.put(oldest);
	}
}

export function pooledItems<T>(name: string, options: ItemOptions<T>): Pool<T> {
	return new Pool<T>({ name, ...options });
}
