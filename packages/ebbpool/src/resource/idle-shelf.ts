import type { Deadline, Deadlines } from "../base/deadlines.ts";
import { onMajorGC } from "../gc/on-major-gc.ts";
import type { Entry } from "./entry.ts";
import type { Environment } from "./environment.ts";
import type { Parts } from "./parts.ts";
import { Place, type Places } from "./places.ts";
import type { Settings } from "./settings.ts";
import type { CloseReason } from "./types.ts";

/** An idle resource is given up when it has seen one more sweep than these: between 4 and 5 quarters of the timeout. */
const SWEEPS = 4;
/** Of a shorter timeout than this, in milliseconds, a quarter is no more than timers are late: the clock is looked at. */
const SHORT = 1_000;
/** An item that nobody takes lives through one collection and is gone with the second, as in `Pool`. */
const COLLECTIONS = 2;

/** In the place of timers, while nothing is watched. */
const NONE = Symbol();

export interface ShelfOwner<T> {
	/** Closes one that is idle. */
	giveUp(entry: Entry<T>, reason: CloseReason): void;
}

/**
 * What becomes of idle resources. Becoming idle costs no look at the clock, unless the timeout is short: a resource
 * remembers how many sweeps there were, and a sweep gives up those that have seen too many.
 */
export class IdleShelf<T> implements Deadline {
	readonly #places: Places<Entry<T>>;
	readonly #owner: ShelfOwner<T>;
	readonly #settings: Settings<T>;
	readonly #newestFirst: boolean;
	readonly #period: number;
	/** Whether a resource remembers when it became idle, in place of the sweeps, and is given up at its time. */
	readonly #byClock: boolean;
	readonly #environment: Environment;
	readonly #deadlines: Deadlines;
	#sweep = 0;
	/** When that was. */
	#sweptAt = 0;
	#collection = 0;
	/** The timers that were in force when it began to watch sweeps and collections. */
	#timers: unknown = NONE;
	#stopListening: (() => void) | undefined;

	constructor({ settings, places, environment, housekeeping }: Parts<T>, owner: ShelfOwner<T>) {
		this.#settings = settings;
		this.#newestFirst = settings.order === "lifo";
		this.#byClock = settings.idleTimeout < SHORT;
		this.#period = this.#byClock ? settings.idleTimeout : settings.idleTimeout / SWEEPS;
		this.#environment = environment;
		this.#places = places;
		this.#deadlines = housekeeping;
		this.#owner = owner;
	}

	/** Whether sweeps and collections are watched, with the timers in force now. */
	get watching(): boolean {
		return this.#timers === globalThis.setTimeout;
	}

	/** Whether one that was given back is put here without another look at anything, while that is watched. */
	get plain(): boolean {
		return !this.#byClock && !this.#places.exceed(this.#settings.max);
	}

	/** The one to be taken next. */
	get next(): Entry<T> | undefined {
		const { idle } = this.#places;
		const { length } = idle;
		// An index of -1 would be looked up as a name.
		if (length === 0) return undefined;
		return idle[this.#newestFirst ? length - 1 : 0];
	}

	put(entry: Entry<T>): void {
		if (!this.watching) this.#watch();
		const age = this.#byClock ? this.#environment.now() : this.#sweep;
		this.#places.move(entry, Place.idle);
		entry.age = age;
		entry.collection = this.#collection;
	}

	/** As `put` does with one that comes from its user, while sweeps, without the clock, and collections are watched. */
	putBack(entry: Entry<T>): void {
		this.#places.shelve(entry);
		entry.age = this.#sweep;
		entry.collection = this.#collection;
	}

	/** Closes those that are chosen; resolves when that is done. */
	async clear(choose: (item: T) => unknown): Promise<void> {
		const chosen = this.#places.idle.filter(({ item }) => choose(item as T));
		await Promise.all(
			chosen.map((entry) => {
				// It may have been taken while others were chosen or closed.
				if (entry.place === Place.idle) this.#owner.giveUp(entry, "cleared");
				return entry.whenSettled();
			}),
		);
	}

	/** Closes what is more than there may be. */
	trim(): void {
		while (this.#places.exceed(this.#settings.max)) {
			const [entry] = this.#places.idle;
			if (entry === undefined) return;
			this.#owner.giveUp(entry, "surplus");
		}
	}

	#watch(): void {
		const now = this.#environment.now();
		if (this.#skip(now)) this.#deadlines.set(this, now);
		else this.#deadlines.set(this, now + this.#period);
		this.#sweptAt = now;
		// The thread's own clock: where the death of a clock's first sentinel means nothing, a new one would miss a collection.
		if (this.#settings.releaseOnGC) this.#stopListening ??= onMajorGC(() => this.#collected());
		this.#timers = globalThis.setTimeout;
	}

	/** Where others were put in the place of the timers, whose time may be far on already: counts all sweeps due but the last. */
	#skip(now: number): boolean {
		if (this.watching || this.#timers === NONE) return false;
		const due = Math.floor((now - this.#sweptAt) / this.#period);
		this.#sweep += Math.max(due - 1, 0);
		this.#timers = globalThis.setTimeout;
		return due > 0;
	}

	fire(now: number): void {
		this.#skip(now);
		this.#sweptAt = now;
		if (this.#byClock) {
			this.#evict("idle", ({ age }) => now - age >= this.#period);
		} else {
			this.#sweep++;
			this.#evict("idle", ({ age }) => this.#sweep - age > SWEEPS);
		}
		const [oldest] = this.#places.idle;
		if (!this.#evictable || oldest === undefined) this.unwatch();
		else if (this.#byClock) this.#deadlines.set(this, oldest.age + this.#period);
		else this.#deadlines.setIn(this, this.#period);
	}

	#collected(): void {
		this.#collection++;
		this.#evict("memory", (entry) => this.#collection - entry.collection >= COLLECTIONS);
		if (!this.#evictable) this.unwatch();
	}

	/** How many may be given up: those above the pool's `min`. */
	get #surplus(): number {
		return this.#places.ready - this.#settings.min;
	}

	get #evictable(): boolean {
		return this.#places.idle.length > 0 && this.#surplus > 0;
	}

	/** Forgets the clock and the collector until another one is put here: before, there is nothing to give up. */
	unwatch(): void {
		this.#timers = NONE;
		this.#deadlines.cancel(this);
		this.#stopListening?.();
		this.#stopListening = undefined;
	}

	#evict(reason: CloseReason, old: (entry: Entry<T>) => boolean): void {
		// Giving one up runs a hook, which may take or bring others: each round looks anew.
		while (this.#surplus > 0) {
			const [entry] = this.#places.idle;
			if (entry === undefined || !old(entry)) return;
			this.#owner.giveUp(entry, reason);
		}
	}
}
