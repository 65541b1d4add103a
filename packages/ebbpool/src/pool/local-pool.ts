import { disposeSymbol } from "../base/dispose-symbols.ts";
import { combine, PoolError, partsOf, throwAll } from "../base/errors.ts";
import { instrument } from "../base/instrument.ts";
import { listPool } from "../base/pool-list.ts";
import { aBoolean, aFunction, aString, expectValue, oneOf, readOptions } from "../base/rules.ts";
import { follow, forbidThenable, isThenable } from "../base/thenable.ts";
import { runtime } from "../gc/runtime.ts";
import { PoolLease } from "./lease.ts";
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

/**
 * Empty, never pushed to, and what every shelf is sliced from. V8 compiles `push` and `pop` for the kind of elements that
 * it has seen: a plain `[]` is made for small integers, and its first push of an object throws that code away, at each
 * aging (bench: out-64-aged).
 */
const NOTHING = [undefined as never];
NOTHING.pop();

/** A hack: V8 inlines no call with a spread, and so keeps the slow half out of `get`, which stays small enough for its caller (bench: out-64). */
const NO_ARGUMENTS: [] = [];

/**
 * Items are in one of three places: the *slot* (one item, the fastest way in and out), the *shelf* (with the slot, the
 * local generation) and the *victim* generation. The fast halves of `get` and `put` know the slot and the shelf only, and
 * the shelf only through the *outlet* and the *inlet*; whatever needs more closes these, and the slow halves take over:
 *
 * | state                                      | outlet | slot and inlet                 |
 * | ------------------------------------------ | ------ | ------------------------------ |
 * | holds nothing since the last aging         | closed | closed: the next put must join |
 * | exact counts wanted (`stats: true`)        | closed | closed                         |
 * | `victim-first` and the victim has items    | closed | closed                         |
 * | `reset` or `keep` given                    | open   | closed: each put must run them |
 * | else                                       | open   | open                           |
 *
 * So an occupied slot means that the inlet is open, on which `put` relies.
 */
export class Pool<T> {
	#slot: T | undefined;
	/** The shelf, while the fast half of `get` may take from it. */
	#outlet: T[] = NOTHING;
	/** The shelf, while the fast half of `put` may use it and the slot. */
	#inlet: T[] | undefined;
	#shelf: T[] = NOTHING.slice();
	readonly #victim = new Victim<T>();
	#disposed = false;
	/** Whether this pool is in the thread's aging queue. */
	#joined = false;

	#new: (() => T) | undefined;
	readonly #reset: ((item: T) => unknown) | undefined;
	readonly #keep: ((item: T) => unknown) | undefined;
	readonly #dispose: ((item: T) => unknown) | undefined;
	/** Items whose `reset` or `keep` is running, innermost last. */
	readonly #cleaning: T[] = [];
	/** Items whose `dispose` hook is running, innermost last. */
	readonly #disposing: T[] = [];

	readonly #name: string | undefined;
	readonly #victimFirst: boolean = false;
	readonly #counted: boolean = false;
	readonly #counts = {
		gets: 0,
		hits: 0,
		victimHits: 0,
		misses: 0,
		puts: 0,
		rejected: 0,
		discarded: 0,
		cleared: 0,
		disposed: 0,
	};

	/** @param inner - whether it is a part of another pool, which is listed and instrumented itself */
	constructor(make: PoolOptions<T> | (() => T) = {}, inner = false) {
		if (new.target === Pool && !inner && instrument.wrap) {
			// biome-ignore lint/correctness/noConstructorReturn: the instrumented pool is one of a subclass.
			return new (instrument.wrap("Pool", Pool<T>))(make);
		}
		const given: PoolOptions<T> = typeof make === "function" ? { new: make } : make;
		const options = readOptions("Pool", given, OPTIONS);
		this.#name = options.name;
		this.#new = options.new;
		this.#reset = options.reset;
		this.#keep = options.keep;
		this.#dispose = options.dispose;
		this.#victimFirst = options.order === "victim-first";
		this.#counted = options.stats === true;
		if (!inner) listPool("Pool", this);
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
		const outlet = this.#outlet;
		return outlet.length === 0 ? this.#getSlow(...NO_ARGUMENTS) : outlet.pop();
	}

	#getSlow(): T | undefined {
		if (this.#disposed) {
			throw new PoolError("ERR_POOL_DISPOSED", "get: expected a pool in use");
		}
		this.#counts.gets++;
		const item = this.#victimFirst
			? (this.#takeVictim() ?? this.#takeLocal())
			: (this.#takeLocal() ?? this.#takeVictim());
		if (item !== undefined) return item;
		this.#counts.misses++;
		const made = this.#new?.();
		forbidThenable(made, "new", (item) => this.discard(item as T));
		return made;
	}

	#takeLocal(): T | undefined {
		const item = this.#shelf.pop();
		if (item !== undefined) this.#counts.hits++;
		return item;
	}

	#takeVictim(): T | undefined {
		const item = this.#victim.take();
		if (item !== undefined) this.#counts.victimHits++;
		else if (this.#victimFirst) this.#reopen();
		return item;
	}

	put(item: T | null | undefined): void {
		if (this.#slot === undefined) {
			if (this.#inlet === undefined || item === null) this.#putSlow(item);
			else this.#slot = item; // if that is undefined, the slot stays empty
		} else if (item !== undefined && item !== null) {
			(this.#inlet as T[]).push(item);
		}
	}

	#putSlow(item: T | null | undefined): void {
		throwAll(this.#receive(item));
	}

	/** Takes an item back, or disposes of it; returns what the hooks threw meanwhile. */
	#receive(item: T | null | undefined): readonly unknown[] {
		if (item === undefined || item === null) return NOTHING;
		if (this.#cleaning.includes(item)) {
			return [new PoolError("ERR_POOL_HOOK", "put: expected an item not in its hook")];
		}
		if (this.#disposed) return this.#reject(item, []);
		let kept: boolean;
		try {
			kept = this.#clean(item);
		} catch (error) {
			return this.#reject(item, [error]);
		}
		// A hook may have disposed of the pool meanwhile.
		if (!kept || this.#disposed) return this.#reject(item, []);
		this.#counts.puts++;
		if (!this.#joined) this.#join();
		if (this.#inlet !== undefined && this.#slot === undefined) this.#slot = item;
		else this.#shelf.push(item);
		return NOTHING;
	}

	#reject(item: T, errors: unknown[]): readonly unknown[] {
		this.#counts.puts++;
		this.#counts.rejected++;
		return this.#letGo([item], errors);
	}

	/** Runs `reset` and `keep`; returns whether the item may be pooled. */
	#clean(item: T): boolean {
		this.#cleaning.push(item);
		try {
			forbidThenable(this.#reset?.(item), "reset");
			if (this.#keep === undefined) return true;
			const kept = this.#keep(item);
			forbidThenable(kept, "keep");
			return kept === true;
		} finally {
			this.#cleaning.pop();
		}
	}

	#join(): void {
		this.#joined = true;
		runtime.join((collected, errors) => this.#age(collected, errors));
		this.#reopen();
	}

	/** Works out what the fast halves may use: the table above. */
	#reopen(): void {
		const open =
			this.#joined && !this.#disposed && !this.#counted && !(this.#victimFirst && this.#victim.size > 0);
		this.#outlet = open ? this.#shelf : NOTHING;
		this.#inlet = open && this.#reset === undefined && this.#keep === undefined ? this.#shelf : undefined;
	}

	#age(collected: boolean, errors: unknown[]): boolean {
		const evicted = this.#victim.evict();
		this.#shelve();
		if (this.#shelf.length > 0) {
			this.#victim.hold(this.#shelf, collected && this.#dispose === undefined);
			this.#shelf = NOTHING.slice();
		}
		this.#reopen();
		this.#letGo(evicted, errors);
		this.#joined = this.#slot !== undefined || this.#shelf.length > 0 || this.#victim.size > 0;
		this.#reopen();
		return this.#joined;
	}

	/** Moves the slot's item to the shelf. */
	#shelve(): void {
		if (this.#slot === undefined) return;
		this.#shelf.push(this.#slot);
		this.#slot = undefined;
	}

	discard(item: T | null | undefined): void {
		if (item === undefined || item === null) return;
		if (this.#cleaning.includes(item)) this.#putSlow(item); // is refused: its hook decides by what it returns or throws
		this.#counts.discarded++;
		throwAll(this.#letGo([item]));
	}

	/** Runs the `dispose` hook on items that the pool lets go of; adds what it throws to `errors`. */
	#letGo(items: readonly T[], errors: unknown[] = []): readonly unknown[] {
		const dispose = this.#dispose;
		if (dispose === undefined) return errors;
		for (const item of items) {
			// An item that its own hook gives back is let go of already.
			if (this.#disposing.includes(item)) continue;
			this.#disposing.push(item);
			this.#counts.disposed++;
			try {
				forbidThenable(dispose(item), "dispose");
			} catch (error) {
				errors.push(error);
			}
			this.#disposing.pop();
		}
		return errors;
	}

	lease(): Lease<T | undefined> {
		return new PoolLease<T | undefined>(this);
	}

	use<R>(work: (item: T | undefined) => R): R | Promise<Awaited<R>> {
		if (typeof work !== "function") expectValue("ERR_POOL_ARGUMENT", "use: work", work, aFunction);
		const item = this.get();
		let result: R;
		try {
			result = work(item);
			if (isThenable(result)) return this.#useLater(item, result);
		} catch (error) {
			return this.#useFailed(item, error);
		}
		this.put(item);
		return result;
	}

	#useLater<R>(item: T | undefined, result: R): Promise<Awaited<R>> {
		return follow(result).then(
			(value) => {
				this.put(item);
				return value;
			},
			(error) => this.#useFailed(item, error),
		);
	}

	/** Puts the item by way of the public method, as whoever overrides that has to be told. */
	#useFailed(item: T | undefined, error: unknown): never {
		try {
			this.put(item);
		} catch (thrown) {
			throw combine([error, ...partsOf(thrown)]);
		}
		throw error;
	}

	stats(): PoolStats {
		const counts = {
			name: this.#name,
			...this.#counts,
			evicted: this.#victim.evicted,
			local: this.#shelf.length + (this.#slot === undefined ? 0 : 1),
			victim: this.#victim.size,
		};
		return Object.freeze(
			this.#counted ? counts : { ...counts, gets: undefined, hits: undefined, puts: undefined },
		);
	}

	clear(): void {
		this.#shelve();
		this.#counts.cleared += this.#shelf.length + this.#victim.size;
		const items = this.#victim.release().concat(this.#shelf);
		this.#shelf.length = 0;
		this.#reopen();
		throwAll(this.#letGo(items));
	}

	[disposeSymbol](): void {
		this.#disposed = true;
		this.clear();
	}
}
