import { combine, PoolError, throwAll } from "../errors.ts";
import type { Aging } from "../gc/aging.ts";
import { runtime } from "../gc/runtime.ts";
import { aBoolean, aFunction, aString, expectOptions, expectValue, oneOf } from "../options.ts";
import { PoolLease } from "./lease.ts";
import { forbidThenable, isThenable } from "./thenable.ts";
import type { Lease, PoolOptions, PoolOrder, PoolStats } from "./types.ts";
import { Victim } from "./victim.ts";

const OPTIONS = {
	name: aString,
	new: aFunction,
	reset: aFunction,
	keep: aFunction,
	dispose: aFunction,
	order: oneOf("local-first", "victim-first" satisfies PoolOrder),
	stats: aBoolean,
};

const NO_ERRORS: readonly unknown[] = Object.freeze([]);

/**
 * Items are in one of three places: the *slot* (one item, the fastest way in and out), the *shelf* (with the slot, the
 * local generation) and the *victim* generation. The fast halves of `get` and `put` know the slot and the open shelf
 * only; whatever needs more than that closes them, and the slow halves take over:
 *
 * | state                                      | slot used | shelf open                          |
 * | ------------------------------------------ | --------- | ----------------------------------- |
 * | holds nothing since the last aging         | no        | no: the next put must join the queue |
 * | exact counts wanted (`stats: true`)        | no        | no                                  |
 * | `victim-first` and the victim has items    | no        | no                                  |
 * | `reset` or `keep` given                    | yes       | no: each put must run them          |
 * | else                                       | yes       | yes                                 |
 */
export class Pool<T> {
	#slot: T | undefined;
	/** The shelf, while `get` and `put` may use it directly. */
	#open: T[] | undefined;
	#shelf: T[] = [];
	readonly #victim = new Victim<T>();
	#slotted = false;
	#disposed = false;
	/** What stands for this pool in the thread's aging queue, while it is there. */
	#membership: Aging | undefined;

	#new: (() => T) | undefined;
	readonly #reset: ((item: T) => unknown) | undefined;
	readonly #keep: ((item: T) => unknown) | undefined;
	readonly #dispose: ((item: T) => unknown) | undefined;
	/** The item whose `reset` or `keep` is running. */
	#cleaning: T | undefined;
	/** Items whose `dispose` hook is running, innermost last. */
	readonly #disposing: T[] = [];

	readonly #name: string | undefined;
	readonly #victimFirst: boolean;
	readonly #counted: boolean;
	#gets = 0;
	#hits = 0;
	#victimHits = 0;
	#misses = 0;
	#puts = 0;
	#rejected = 0;
	#discarded = 0;
	#cleared = 0;
	#disposals = 0;

	constructor(make: PoolOptions<T> | (() => T) = {}) {
		const options = typeof make === "function" ? { new: make } : make;
		expectOptions("Pool", options, OPTIONS);
		this.#name = options.name;
		this.#new = options.new;
		this.#reset = options.reset;
		this.#keep = options.keep;
		this.#dispose = options.dispose;
		this.#victimFirst = options.order === "victim-first";
		this.#counted = options.stats === true;
	}

	get name(): string | undefined {
		return this.#name;
	}

	get new(): (() => T) | undefined {
		return this.#new;
	}

	set new(make: (() => T) | undefined) {
		if (make !== undefined) expectValue("ERR_POOL_OPTION", "Pool: new", make, aFunction);
		this.#new = make;
	}

	get(): T | undefined {
		const item = this.#slot;
		if (item === undefined) return this.#getFromShelf();
		this.#slot = undefined;
		return item;
	}

	#getFromShelf(): T | undefined {
		const open = this.#open;
		if (open !== undefined && open.length > 0) return open.pop();
		return this.#getSlow();
	}

	#getSlow(): T | undefined {
		if (this.#disposed) {
			throw new PoolError("ERR_POOL_DISPOSED", "get: expected a pool in use, got one that was disposed of");
		}
		this.#gets++;
		const item = this.#victimFirst
			? (this.#takeVictim() ?? this.#takeLocal())
			: (this.#takeLocal() ?? this.#takeVictim());
		if (item !== undefined) return item;
		this.#misses++;
		return this.#make();
	}

	#takeLocal(): T | undefined {
		const item = this.#shelf.pop();
		if (item !== undefined) this.#hits++;
		return item;
	}

	#takeVictim(): T | undefined {
		const item = this.#victim.take();
		if (item !== undefined) this.#victimHits++;
		else if (this.#victimFirst) this.#reopen();
		return item;
	}

	#make(): T | undefined {
		const item = this.#new?.();
		forbidThenable(item, "new", (made) => {
			const errors: unknown[] = [];
			this.#letGo(made as T, errors);
			throwAll(errors);
		});
		return item;
	}

	put(item: T | null | undefined): void {
		const open = this.#open;
		if (open === undefined || item === undefined || item === null) this.#putSlow(item);
		else if (this.#slot === undefined) this.#slot = item;
		else open.push(item);
	}

	#putSlow(item: T | null | undefined): void {
		const errors = this.#receive(item);
		if (errors !== NO_ERRORS) throwAll(errors);
	}

	/** Takes an item back, or disposes of it; returns what the hooks threw meanwhile. */
	#receive(item: T | null | undefined): readonly unknown[] {
		if (item === undefined || item === null) return NO_ERRORS;
		if (item === this.#cleaning) {
			return [
				new PoolError(
					"ERR_POOL_HOOK",
					"put: expected an item whose reset and keep are over, got one in its own hook",
				),
			];
		}
		let kept = false;
		let failure: { error: unknown } | undefined;
		if (!this.#disposed) {
			try {
				kept = this.#clean(item);
			} catch (error) {
				failure = { error };
			}
		}
		this.#puts++;
		// A hook may have disposed of the pool meanwhile.
		if (kept && !this.#disposed) {
			this.#store(item);
			return NO_ERRORS;
		}
		this.#rejected++;
		const errors = failure === undefined ? [] : [failure.error];
		this.#letGo(item, errors);
		return errors;
	}

	/** Runs `reset` and `keep`; returns whether the item may be pooled. */
	#clean(item: T): boolean {
		const outer = this.#cleaning;
		this.#cleaning = item;
		try {
			forbidThenable(this.#reset?.(item), "reset");
			if (this.#keep === undefined) return true;
			const kept = this.#keep(item);
			forbidThenable(kept, "keep");
			return kept === true;
		} finally {
			this.#cleaning = outer;
		}
	}

	#store(item: T): void {
		if (this.#membership === undefined) this.#join();
		if (this.#slotted && this.#slot === undefined) this.#slot = item;
		else this.#shelf.push(item);
	}

	#join(): void {
		this.#membership = { age: (collected, errors) => this.#age(collected, errors) };
		runtime.join(this.#membership);
		this.#reopen();
	}

	/** Works out what the fast halves may use; the table above. */
	#reopen(): void {
		this.#slotted =
			this.#membership !== undefined &&
			!this.#disposed &&
			!this.#counted &&
			!(this.#victimFirst && this.#victim.size > 0);
		this.#open =
			this.#slotted && this.#reset === undefined && this.#keep === undefined ? this.#shelf : undefined;
	}

	#age(collected: boolean, errors: unknown[]): boolean {
		const evicted = this.#victim.evict();
		this.#shelve();
		if (this.#shelf.length > 0) {
			this.#victim.hold(this.#shelf, collected && this.#dispose === undefined);
			this.#shelf = [];
		}
		this.#reopen();
		for (const item of evicted) this.#letGo(item, errors);
		const holding = this.#slot !== undefined || this.#shelf.length > 0 || this.#victim.size > 0;
		if (!holding) {
			this.#membership = undefined;
			this.#reopen();
		}
		return holding;
	}

	/** Moves the slot's item to the shelf. */
	#shelve(): void {
		if (this.#slot === undefined) return;
		this.#shelf.push(this.#slot);
		this.#slot = undefined;
	}

	discard(item: T | null | undefined): void {
		if (item === undefined || item === null) return;
		this.#discarded++;
		const errors: unknown[] = [];
		this.#letGo(item, errors);
		throwAll(errors);
	}

	/** Runs the `dispose` hook on an item that the pool lets go of. */
	#letGo(item: T, errors: unknown[]): void {
		// An item that its own hook gives back is let go of already.
		if (this.#dispose === undefined || this.#disposing.includes(item)) return;
		this.#disposing.push(item);
		this.#disposals++;
		try {
			forbidThenable(this.#dispose(item), "dispose");
		} catch (error) {
			errors.push(error);
		} finally {
			this.#disposing.pop();
		}
	}

	lease(): Lease<T | undefined> {
		return new PoolLease<T | undefined>(this);
	}

	use<R>(work: (item: T | undefined) => R): R | Promise<Awaited<R>> {
		expectValue("ERR_POOL_ARGUMENT", "use: work", work, aFunction);
		const item = this.get();
		let result: R;
		let pending: boolean;
		try {
			result = work(item);
			pending = isThenable(result);
		} catch (error) {
			throw this.#afterFailure(error, item);
		}
		if (!pending) {
			this.put(item);
			return result;
		}
		return Promise.resolve(result).then(
			(value) => {
				this.put(item);
				return value;
			},
			(error) => {
				throw this.#afterFailure(error, item);
			},
		);
	}

	/** Takes an item back after its user failed; returns what is to be thrown. */
	#afterFailure(error: unknown, item: T | undefined): unknown {
		return combine([error, ...this.#receive(item)]);
	}

	stats(): PoolStats {
		const exact = (count: number) => (this.#counted ? count : undefined);
		return Object.freeze({
			name: this.#name,
			gets: exact(this.#gets),
			hits: exact(this.#hits),
			victimHits: this.#victimHits,
			misses: this.#misses,
			puts: exact(this.#puts),
			rejected: this.#rejected,
			discarded: this.#discarded,
			evicted: this.#victim.evicted,
			cleared: this.#cleared,
			disposed: this.#disposals,
			local: this.#shelf.length + (this.#slot === undefined ? 0 : 1),
			victim: this.#victim.size,
		});
	}

	clear(): void {
		this.#shelve();
		this.#cleared += this.#shelf.length + this.#victim.size;
		const victims = this.#victim.release();
		const items = this.#dispose === undefined ? [] : [...victims, ...this.#shelf];
		this.#shelf.length = 0;
		this.#reopen();
		const errors: unknown[] = [];
		for (const item of items) this.#letGo(item, errors);
		throwAll(errors);
	}

	[Symbol.dispose](): void {
		this.#disposed = true;
		this.clear();
	}
}
