import { claimLike } from "../base/claim.ts";
import { disposeSymbol } from "../base/dispose-symbols.ts";
import { combine, partsOf, throwAll } from "../base/errors.ts";
import { missSymbol } from "../base/instrument.ts";
import { anObject } from "../base/rules.ts";
import { forbidThenable } from "../base/thenable.ts";
import { Disposer } from "../pool/disposer.ts";
import type { PoolOptions } from "../pool/types.ts";
import { ItemWatch, isWatchable } from "./item-watch.ts";
import type { Session } from "./session.ts";

/** What the check of a pool needs of its class. */
export interface ItemPool {
	new: (() => unknown) | undefined;
	get(): unknown;
	[missSymbol](kept?: unknown): unknown;
	put(item: unknown): void;
	discard(item: unknown): void;
	clear(): void;
	[disposeSymbol](): void;
}

type ItemPoolClass = new (options?: unknown) => ItemPool;

type Hooks = Partial<Record<"new" | "reset" | "keep" | "dispose" | "name", unknown>>;

/** By this name a pool is asked, when checks have ended, to let go of what these kept back. */
export const settleSymbol = Symbol("settle");

/**
 * A subclass of `Pool` whose items are watched. It may be put below a user's subclass: pools of that which were made without
 * checks have no watch.
 *
 * @param sessionOf - for whom the pool is that is being made
 */
export function checkedPool(Pool: ItemPoolClass, sessionOf: () => Session): ItemPoolClass {
	return class extends Pool {
		readonly #watch: ItemWatch;
		/** Of what was kept back and does not come back. */
		readonly #disposer: Disposer<unknown>;
		#make: (() => unknown) | undefined;
		/** Whether sampled loans may be served with what `new` makes. */
		#apart = true;

		constructor(given: unknown) {
			const session = sessionOf();
			const options = typeof given === "function" ? { new: given } : hooksOf(Object(given));
			const watch = new ItemWatch(session, typeof options.name === "string" ? options.name : undefined);
			const isReadable = given === undefined || typeof given === "function" || anObject.accepts(given);
			const hooks = isReadable ? hooksAround(options, watch, session) : {};
			super(isReadable ? withHooks(Object(given), options, hooks) : given);
			this.#watch = watch;
			watch.release = (item) => this.#release(item);
			this.#disposer = new Disposer(hooks.dispose);
			this.#make = options.new as (() => unknown) | undefined;
		}

		override get new(): (() => unknown) | undefined {
			return #watch in this ? this.#make : super.new;
		}

		override set new(make: (() => unknown) | undefined) {
			if (!(#watch in this)) {
				super.new = make;
				return;
			}
			super.new = typeof make === "function" ? making(make, this.#watch) : make;
			this.#make = make;
			this.#apart = true;
		}

		override get(): unknown {
			if (!(#watch in this)) return super.get();
			const watched = this.#watch.watchesNext();
			const item = watched && this.#apart && this.#watch.sparse ? this.#getApart() : super.get();
			try {
				return this.#watch.got(item, watched);
			} catch (error) {
				// What somebody else did to it is thrown here: nobody gets it.
				try {
					super.discard(item);
				} catch (thrown) {
					throw combine("Pool.get", [error, ...partsOf(thrown)]);
				}
				throw error;
			}
		}

		/**
		 * A new item for a sampled loan. It does not come into the pool: burying costs an item the form in which the engine is fast, and
		 * what is pooled is warm, and may have grown to what is asked of it. Where `new` is missing, has a limit, or makes what cannot be
		 * watched, the pool serves this loan as any other.
		 */
		#getApart(): unknown {
			const make = this.#make;
			if (make === undefined || !this.#watch.open) return super.get();
			let made: () => unknown;
			try {
				const item = this.#watch.make(make);
				forbidThenable(item, "new", (settled) => this.discard(settled));
				this.#apart = isWatchable(item);
				made = () => item;
				// Also where `new` has disposed of the pool.
				if (item !== undefined && item !== null)
					return this.#watch.open ? this.#instead(made, missSymbol) : item;
			} catch (error) {
				made = () => {
					throw error;
				};
			}
			return this.#instead(made, "get");
		}

		/**
		 * Serves a `get` for which `new` has run already: if the pool asks for a new item, or would if `new` had not taken itself away, it
		 * has this one.
		 */
		#instead(made: () => unknown, how: "get" | typeof missSymbol): unknown {
			this.#watch.instead = made;
			try {
				const item = super[how]();
				return item === undefined && this.#watch.instead === made ? made() : item;
			} finally {
				this.#watch.instead = undefined;
			}
		}

		override put(item: unknown): void {
			if (!(#watch in this) || this.#watch.ignores(item)) super.put(item);
			else this.#putWatched(item);
		}

		#putWatched(item: unknown): void {
			if (!this.#watch.mayPut(item)) return;
			super.put(item);
			this.#watch.put(item);
		}

		/** Ends a quarantine, after which nothing comes back that a sample watched. */
		#release(item: unknown): void {
			if (this.#watch.sparse) {
				throwAll("Pool.put", this.#disposer.dispose([item]));
				return;
			}
			super[missSymbol](item);
			super.put(item);
		}

		override discard(item: unknown): void {
			if (#watch in this) {
				if (!this.#watch.mayDiscard(item)) return;
				this.#watch.discarded(item);
			}
			super.discard(item);
		}

		override clear(): void {
			if (!(#watch in this)) {
				super.clear();
				return;
			}
			const errors = this.#watch.sparse ? [] : this.#watch.flush();
			try {
				super.clear();
			} catch (error) {
				errors.push(...partsOf(error));
			}
			// What a hook puts back meanwhile stays, as it does without checks.
			if (this.#watch.sparse) errors.push(...this.#watch.flush());
			throwAll(this.#watch.open ? "Pool.clear" : "Pool[Symbol.dispose]", errors);
		}

		/** Returns what was thrown meanwhile. */
		[settleSymbol](): unknown[] {
			return #watch in this && !this.#watch.enabled ? this.#watch.flush() : [];
		}

		override [disposeSymbol](): void {
			if (#watch in this) this.#watch.close();
			super[disposeSymbol]();
		}
	};
}

function making(make: () => unknown, watch: ItemWatch): () => unknown {
	const again = () => watch.make(make);
	return () => {
		const first = watch.instead ?? again;
		watch.instead = undefined;
		if (!watch.sparse) return first();
		const failed: unknown[] = [];
		try {
			const item = first();
			if ((item !== undefined && item !== null) || !watch.keepsBack) return item;
		} catch (error) {
			if (!watch.keepsBack) throw error;
			failed.push(error);
		}
		// What has a limit may have one of what is kept back.
		const thrown = watch.flush();
		throwAll("Pool.get", thrown.length > 0 ? [...failed, ...thrown] : []);
		return again();
	};
}

/** Each is read once. */
const hooksOf = ({ name, new: make, reset, keep, dispose }: Hooks): Hooks => ({
	name,
	new: make,
	reset,
	keep,
	dispose,
});

/** Hooks of ours around those of the user. */
function hooksAround(options: Hooks, watch: ItemWatch, session: Session): PoolOptions<unknown> {
	const { new: make, reset, keep, dispose } = options as PoolOptions<unknown>;
	const hooks: { -readonly [Key in keyof PoolOptions<unknown>]: PoolOptions<unknown>[Key] } = {};
	if (typeof make === "function") hooks.new = claimLike(making(make, watch), make);
	if (typeof reset === "function") {
		watch.resets = true;
		hooks.reset = claimLike((item: unknown) => {
			if (watch.isReleasing(item)) return undefined;
			return watch.ignores(item) ? reset(item) : watch.reset(item, () => reset(item));
		}, reset);
	}
	if ((keep === undefined || typeof keep === "function") && (session.chaos > 0 || session.sample < 1)) {
		hooks.keep = claimLike((item: unknown) => {
			const kept = keep === undefined || watch.isReleasing(item) || keep(item);
			return kept === true ? watch.keeps(item) : kept;
		}, keep);
	}
	if (typeof dispose === "function") {
		hooks.dispose = (item: unknown) => watch.dispose(item, () => dispose(item));
	}
	return hooks;
}

/** The options with those hooks; all others are read from the original, which may be frozen. */
function withHooks(given: object, read: Hooks, hooks: PoolOptions<unknown>): object {
	const known: object = { ...read, ...hooks };
	return new Proxy(Object.create(given) as object, {
		get: (_, key) => Reflect.get(Object.hasOwn(known, key) ? known : given, key),
		// Whether an option is its own matters where every object has one of that name.
		getOwnPropertyDescriptor: (_, key) =>
			Object.hasOwn(given, key) ? { configurable: true, enumerable: true } : undefined,
	});
}
