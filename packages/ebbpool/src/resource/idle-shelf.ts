import type { Deadline, Deadlines } from "../base/deadlines.ts";
import { onMajorGC } from "../gc/on-major-gc.ts";
import type { Entry } from "./entry.ts";
import type { CloseReason } from "./types.ts";

/** An idle resource is given up when it has seen one more sweep than these: between 4 and 5 quarters of the timeout. */
const SWEEPS = 4;
/** An item that nobody takes lives through one collection and is gone with the second, as in `Pool`. */
const COLLECTIONS = 2;

/**
 * The idle resources, in the order in which they came. Becoming idle costs no look at the clock: a resource remembers
 * how many sweeps there were, and a sweep gives up those that have seen too many.
 */
export class IdleShelf<T> implements Deadline {
	/** The oldest first. */
	readonly #idle: Entry<T>[] = [];
	readonly #newestFirst: boolean;
	readonly #period: number;
	readonly #releaseOnGC: boolean;
	readonly #deadlines: Deadlines;
	/** How many may be given up: those above the pool's `min`. */
	readonly #surplus: () => number;
	readonly #giveUp: (entry: Entry<T>, reason: CloseReason) => void;
	#sweep = 0;
	#collection = 0;
	/** Whether sweeps and collections are watched. */
	#watching = false;
	#stopListening: (() => void) | undefined;

	constructor(
		{ order, idleTimeout, releaseOnGC }: { order: string; idleTimeout: number; releaseOnGC: boolean },
		deadlines: Deadlines,
		surplus: () => number,
		giveUp: (entry: Entry<T>, reason: CloseReason) => void,
	) {
		this.#newestFirst = order === "lifo";
		this.#period = idleTimeout / SWEEPS;
		this.#releaseOnGC = releaseOnGC;
		this.#deadlines = deadlines;
		this.#surplus = surplus;
		this.#giveUp = giveUp;
	}

	get size(): number {
		return this.#idle.length;
	}

	put(entry: Entry<T>): void {
		entry.state = "idle";
		entry.sweep = this.#sweep;
		entry.collection = this.#collection;
		this.#idle.push(entry);
		if (!this.#watching) this.#watch();
	}

	take(): Entry<T> | undefined {
		return this.#newestFirst ? this.#idle.pop() : this.#idle.shift();
	}

	/** Those that are here now, the oldest first. */
	all(): Entry<T>[] {
		return [...this.#idle];
	}

	/** Takes out one that is here. */
	remove(entry: Entry<T>): void {
		this.#idle.splice(this.#idle.indexOf(entry), 1);
	}

	#watch(): void {
		this.#watching = true;
		this.#deadlines.setIn(this, this.#period);
		if (this.#releaseOnGC) this.#stopListening ??= onMajorGC(() => this.#collected());
	}

	fire(): void {
		this.#sweep++;
		this.#evict("idle", (entry) => this.#sweep - entry.sweep > SWEEPS);
		if (this.#evictable) this.#deadlines.setIn(this, this.#period);
		else this.unwatch();
	}

	#collected(): void {
		this.#collection++;
		this.#evict("memory", (entry) => this.#collection - entry.collection >= COLLECTIONS);
		if (!this.#evictable) this.unwatch();
	}

	get #evictable(): boolean {
		return this.#idle.length > 0 && this.#surplus() > 0;
	}

	/** Forgets the clock and the collector until another one is put here: before, there is nothing to give up. */
	unwatch(): void {
		this.#watching = false;
		this.#deadlines.cancel(this);
		this.#stopListening?.();
		this.#stopListening = undefined;
	}

	#evict(reason: CloseReason, old: (entry: Entry<T>) => boolean): void {
		// Giving one up runs a hook, which may take or bring others: each round looks anew.
		while (this.#surplus() > 0) {
			const [entry] = this.#idle;
			if (entry === undefined || !old(entry)) return;
			this.#idle.shift();
			this.#giveUp(entry, reason);
		}
	}
}
