import { hasTimers } from "#host";
import { claimHooks } from "../base/claim.ts";
import { disposeSymbol } from "../base/dispose-symbols.ts";
import { disposed, PoolError, throwAll } from "../base/errors.ts";
import { inspectSymbol } from "../base/inspect-symbol.ts";
import { instrument, missSymbol } from "../base/instrument.ts";
import { listPool } from "../base/pool-list.ts";
import { aFunction, describe, expectValue, readOptions } from "../base/rules.ts";
import { forbidThenable, isThenable } from "../base/thenable.ts";
import { type Aging, Place } from "../gc/aging.ts";
import { runtime } from "../gc/runtime.ts";
import { putAfterError, putWhenSettled } from "./after-use.ts";
import { both, REFUSED } from "./both.ts";
import { Disposer } from "./disposer.ts";
import { PoolLease } from "./lease.ts";
import { OPTIONS } from "./options.ts";
import type { Lease, PoolOptions, PoolStats } from "./types.ts";
import { Victims } from "./victims.ts";

/**
 * Empty, never pushed to, and what every shelf is sliced from. V8 compiles `push` and `pop` for the kind of elements that
 * it has seen: a plain `[]` is made for small integers, and its first push of an object throws that code away, at each
 * aging (bench: out-64-aged).
 */
const NOTHING = [undefined as never];
NOTHING.pop();

/**
 * Items are in one of three places: the *slot* (one item, the fastest way in and out), the *shelf* (with the slot, the
 * local generation) and the *victim* generation. The fast halves of `get` and `put` know the slot and the shelf only, and
 * the shelf only through the *outlet* and the *inlet*; whatever needs more closes these, and the slow halves take over:
 *
 * | state                                        | outlet | inlet  | gate                    |
 * | -------------------------------------------- | ------ | ------ | ----------------------- |
 * | the next put must join the aging queue, or   | closed | closed | closed                  |
 * | ask whether a collection ran meanwhile       |        |        |                         |
 * | `victim-first` and the victim has items      | closed | closed | closed                  |
 * | `reset`, `keep` or `stats: true` given       | open   | closed | open                    |
 * | hooks run for a put that came through there  | open   | closed | the item, till anything |
 * |                                              |        |        | but a quick get happens |
 * | else                                         | open   | open   | closed                  |
 *
 * `get` counts nothing, as what it took follows from the other counts: whatever was put and is not here any more.
 *
 * The stack may overflow in any call, and the pool goes on afterwards. So what must change together changes with no call in
 * between, after all that can throw.
 */
export class Pool<T> {
	#slot: T | undefined;
	/** The shelf, while the fast half of `get` may take from it. */
	#outlet: T[] = NOTHING;
	/** The shelf, while the fast half of `put` may use it and the slot. */
	#inlet: T[] | undefined;
	#shelf: T[] = NOTHING.slice();
	readonly #victims = new Victims<T>();
	readonly #place: Place = new Place({
		age: (aging) => this.#age(aging),
		settle: (now, ofThread) => {
			const minAge = this.#minAge ?? ofThread;
			return this.#victims.settle(now - minAge) + minAge;
		},
		reopen: () => this.#reopen(),
	});
	#disposed = false;

	#new: (() => T) | undefined;
	/** `reset`, or both hooks in one; `undefined` where there are none. */
	readonly #clean: ((item: T) => unknown) | undefined;
	readonly #disposer!: Disposer<T>;
	/** `null` while puts with hooks or counts may be quick, `undefined` while they may not, or an item whose hooks run. */
	#gate: T | null | undefined;
	/** Items whose `reset` or `keep` is running, innermost last, but for one in the gate. */
	readonly #cleaning: T[] = [];

	readonly #name: string | undefined;
	readonly #victimFirst: boolean = false;
	readonly #minAge: number | undefined;
	readonly #counted: boolean = false;
	/** Puts with an item, where they are counted. */
	#puts = 0;
	/** How many items are out or in the local generation, where puts are counted; what was put and never got joins them. */
	#young = 0;
	readonly #counts = { victimHits: 0, misses: 0, rejected: 0, discarded: 0, cleared: 0 };

	/** @param inner - whether it is a part of another pool, which is listed and instrumented itself */
	constructor(make: PoolOptions<T> | (() => T) = {}, inner = false) {
		if (new.target === Pool && !inner && instrument.wrap) {
			// biome-ignore lint/correctness/noConstructorReturn: the instrumented pool is one of a subclass.
			return new (instrument.wrap("Pool", Pool<T>))(make);
		}
		const watched = inner ? undefined : instrument.adopt?.("Pool", Pool<T>, make, new.target);
		// biome-ignore lint/correctness/noConstructorReturn: likewise.
		if (watched !== undefined) return watched;
		// A function with options behind it would lose them: it is refused, as options that are none.
		const given = (typeof make === "function" && !inner ? { new: make } : make) as PoolOptions<T>;
		const options = readOptions("Pool", given, OPTIONS);
		this.#name = options.name;
		this.#new = options.new;
		this.#clean = options.keep === undefined ? options.reset : both(options.reset, options.keep);
		this.#disposer = new Disposer(options.dispose);
		this.#victimFirst = options.order === "victim-first";
		this.#minAge = options.minAge;
		this.#counted = options.stats === true;
		claimHooks(options.new, options.reset, options.keep);
		if (!inner) listPool("Pool", this);
	}

	get name(): string | undefined {
		return this.#name;
	}

	get new(): (() => T) | undefined {
		return this.#new;
	}

	set new(make: (() => T) | undefined) {
		if (make !== undefined) expectValue("ERR_POOL_OPTION", "Pool.new", make, aFunction);
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
		return outlet.length === 0 ? this.#getSlow() : outlet.pop();
	}

	/** Short, so that a miss is cheap too (bench: starvation); all else stands in `#getLate`. */
	#getSlow(): T | undefined {
		if (this.#outlet === NOTHING || this.#victims.any) {
			const item = this.#getLate();
			if (item !== undefined) return item;
		}
		return this[missSymbol]();
	}

	/** What a pool without items gives; also asked for by a check, which watches a new item instead of one that is pooled. */
	[missSymbol](kept?: T): T | undefined {
		// Its put counted it as back, and the next one will.
		if (kept !== undefined) {
			this.#young++;
			return kept;
		}
		if (this.#disposed) throw disposed("Pool.get");
		this.#counts.misses++;
		const make = this.#new;
		if (make === undefined) return undefined;
		const made = make();
		if (made === undefined || made === null) return made;
		if (isThenable(made)) forbidThenable(made, "new", (item) => this.discard(item as T));
		this.#young++;
		return made;
	}

	/**
	 * Where a pool holds nothing it looks for nothing. A new pool comes here for each of its first items, and what it runs then,
	 * V8 compiles into `get`; from some size on it does not compile that into its callers any more (bench: out-64 on Node 26).
	 */
	#getLate(): T | undefined {
		runtime().passTime();
		if (!this.#place.holding) return undefined;
		return this.#victimFirst
			? (this.#takeVictim() ?? this.#shelf.pop())
			: (this.#shelf.pop() ?? this.#takeVictim());
	}

	#takeVictim(): T | undefined {
		const item = this.#victims.take();
		if (item !== undefined) {
			this.#counts.victimHits++;
			this.#young++;
		}
		if (this.#victimFirst && !this.#victims.any) this.#reopen();
		return item;
	}

	put(item: T | null | undefined): void {
		if (this.#slot === undefined) {
			if (this.#inlet === undefined || item === null) this.#putThrough(item);
			else this.#slot = item; // if that is undefined, the slot stays empty
		} else if (this.#inlet === undefined) this.#putThrough(item);
		else if (item !== undefined && item !== null) this.#inlet.push(item);
	}

	/** The fast half of a put with hooks or with a count. It is short, so that it is compiled into its callers (bench: hooks). */
	#putThrough(item: T | null | undefined): void {
		if (this.#gate !== null || item === undefined || item === null) this.#putSlow(item);
		else if (this.#clean === undefined || this.#admits(item, this.#clean, true)) {
			const outlet = this.#outlet;
			if (this.#counted) this.#count(this.#slot === undefined ? outlet.length : outlet.length + 1);
			if (this.#slot === undefined) this.#slot = item;
			else outlet.push(item);
		}
	}

	#putSlow(item: T | null | undefined): void {
		if (item === undefined || item === null) return;
		this.#expectClean("put", item);
		if (this.#disposed) this.#reject(item);
		else {
			this.#closeGate();
			if (this.#clean === undefined) this.#putLate(item);
			else this.#admits(item, this.#clean, false);
		}
	}

	/**
	 * Runs the hooks for an item, which is in the gate meanwhile.
	 *
	 * @param quick - whether the gate was open
	 * @returns whether it is open again and the item may be taken; else the item has been seen to
	 */
	#admits(item: T, clean: (item: T) => unknown, quick: boolean): boolean {
		let errors: unknown[] | undefined;
		this.#gate = item;
		try {
			const result = clean(item);
			if (result === REFUSED) errors = [];
			else if (result !== undefined) forbidThenable(result, "reset");
		} catch (error) {
			errors = [error];
		}
		if (quick && errors === undefined && this.#gate !== undefined) {
			this.#gate = null;
			return true;
		}
		if (this.#gate === undefined) this.#cleaning.length--;
		this.#gate = undefined;
		this.#putLate(item, errors);
		return false;
	}

	/** Takes an item whose hooks have run although the gate is closed, or disposes of it if there are errors, even none. */
	#putLate(item: T, errors?: unknown[]): void {
		if (errors !== undefined || (this.#outlet === NOTHING && !this.#enter())) {
			this.#reject(item, errors);
			return;
		}
		this.#count(this.#local);
		if (this.#slot === undefined && this.#outlet !== NOTHING) this.#slot = item;
		else this.#shelf.push(item);
		this.#reopen();
	}

	/** An item that comes although none is out was never got from here. */
	#count(local: number): void {
		this.#puts++;
		if (this.#young <= local) this.#young = local + 1;
	}

	/** Refuses an item whose hook is running: that decides about it, by what it returns or throws. */
	#expectClean(method: string, item: T): void {
		if (item !== this.#gate && !this.#cleaning.includes(item)) return;
		throw new PoolError("ERR_POOL_HOOK", `Pool.${method}: expected an item not in its hook`);
	}

	/** Closes the gate. An item in there stays known as one whose hook runs. */
	#closeGate(): void {
		const gate = this.#gate;
		if (gate !== undefined && gate !== null) this.#cleaning.push(gate);
		this.#gate = undefined;
	}

	/** Disposes of an item instead; throws the errors given and those of its hook. */
	#reject(item: T, errors?: unknown[]): void {
		this.#reopen();
		this.#counts.rejected++;
		this.#puts++;
		this.#miss();
		throwAll("Pool.put", this.#disposer.dispose([item], errors));
	}

	/** An item that was out, unless it was never got from here, will not come back. */
	#miss(): void {
		if (this.#young > this.#local) this.#young--;
	}

	get #local(): number {
		return this.#slot === undefined ? this.#shelf.length : this.#shelf.length + 1;
	}

	/** Sees to it that what is put now will age, and opens the fast halves; returns whether the pool is in use. */
	#enter(): boolean {
		if (this.#disposed) return false;
		runtime().enter(this.#place);
		this.#reopen();
		return !this.#disposed; // what this aged may have had a hook that disposed of the pool
	}

	/** Works out what the fast halves may use: the table above. */
	#reopen(): void {
		const wanted = this.#victimFirst && this.#victims.any;
		const open = this.#place.open && !wanted && !this.#disposed;
		this.#closeGate();
		this.#outlet = open ? this.#shelf : NOTHING;
		const plain = this.#clean === undefined && !this.#counted;
		this.#inlet = open && plain ? this.#shelf : undefined;
		if (open && !plain && this.#cleaning.length === 0) this.#gate = null;
	}

	#age(aging: Aging): void {
		const fresh = NOTHING.slice();
		const minAge = this.#minAge ?? aging.minAge;
		const weakly = this.#disposer.hook === undefined;
		const aged = this.#local > 0 && this.#victims.wantsMore(minAge, aging);
		this.#closeGate();
		this.#outlet = NOTHING;
		this.#inlet = undefined;
		if (aged) this.#shelve();
		const shelf = this.#shelf;
		const evicted = this.#victims.age(aged ? shelf : undefined, weakly, minAge, aging);
		if (aged) {
			this.#young -= shelf.length;
			this.#shelf = fresh;
		}
		this.#disposer.dispose(evicted, aging.errors);
		this.#place.holding = this.#local > 0 || this.#victims.any;
		// A hook may have opened it, and nothing been left.
		this.#place.open &&= this.#place.holding;
		this.#reopen();
	}

	/** Moves the slot's item to the shelf. */
	#shelve(): void {
		if (this.#slot === undefined) return;
		this.#shelf.push(this.#slot);
		this.#slot = undefined;
	}

	discard(item: T | null | undefined): void {
		if (item === undefined || item === null) return;
		this.#expectClean("discard", item);
		this.#counts.discarded++;
		this.#miss();
		throwAll("Pool.discard", this.#disposer.dispose([item]));
	}

	lease(): Lease<T | undefined> {
		if (this.#disposed) throw disposed("Pool.lease");
		return new PoolLease<T | undefined>(this);
	}

	use<R>(work: (item: T | undefined) => R): R | Promise<Awaited<R>> {
		if (typeof work !== "function") expectValue("ERR_POOL_ARGUMENT", "Pool.use: work", work, aFunction);
		if (this.#disposed) throw disposed("Pool.use");
		const item = this.get();
		let result: R;
		try {
			result = work(item);
			if (result !== undefined && isThenable(result)) return putWhenSettled(this, item, result);
		} catch (error) {
			return putAfterError(this, item, error);
		}
		this.put(item);
		return result;
	}

	stats(): PoolStats {
		// Fake timers may be new, and their time far on.
		if (this.#place.holding && hasTimers()) runtime().passTime();
		const { victimHits, misses, rejected, cleared } = this.#counts;
		const { size: victim, evicted } = this.#victims;
		const local = this.#local;
		const hits = this.#puts - victimHits - rejected - evicted - cleared - local - victim;
		const exact = (count: number) => (this.#counted ? count : undefined);
		return Object.freeze({
			name: this.#name,
			gets: exact(hits + victimHits + misses),
			hits: exact(hits),
			puts: exact(this.#puts),
			out: exact(this.#young - local),
			...this.#counts,
			disposed: this.#disposer.calls,
			evicted,
			local,
			victim,
		});
	}

	clear(): void {
		this.#shelve();
		const { length } = this.#shelf;
		const items = this.#victims.release().concat(this.#shelf);
		this.#shelf.length = 0;
		this.#counts.cleared += items.length;
		this.#young -= length;
		this.#reopen();
		throwAll(this.#disposed ? "Pool[Symbol.dispose]" : "Pool.clear", this.#disposer.dispose(items));
	}

	[disposeSymbol](): void {
		this.#disposed = true;
		this.clear();
	}

	[inspectSymbol](): string {
		const { name, local, victim, misses } = this.stats();
		return `Pool${name === undefined ? "" : ` ${describe(name)}`} { local: ${local}, victim: ${victim}, misses: ${misses} }`;
	}
}
