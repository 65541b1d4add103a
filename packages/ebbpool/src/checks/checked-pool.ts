import { disposeSymbol } from "../base/dispose-symbols.ts";
import { partsOf, throwAll } from "../base/errors.ts";
import { missSymbol } from "../base/instrument.ts";
import { anObject } from "../base/rules.ts";
import { Disposer } from "../pool/disposer.ts";
import type { PoolOptions } from "../pool/types.ts";
import { ItemWatch, isWatchable } from "./item-watch.ts";
import type { Session } from "./session.ts";

/** What the check of a pool needs of its class. */
export interface ItemPool {
	new: (() => unknown) | undefined;
	get(): unknown;
	[missSymbol](): unknown;
	put(item: unknown): void;
	discard(item: unknown): void;
	clear(): void;
	[disposeSymbol](): void;
}

type ItemPoolClass = new (options?: unknown) => ItemPool;

type Hooks = Partial<Record<"new" | "reset" | "keep" | "dispose" | "name", unknown>>;

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
			const options: Hooks = typeof given === "function" ? { new: given } : Object(given);
			const watch = new ItemWatch(session, typeof options.name === "string" ? options.name : undefined);
			const isReadable = given === undefined || typeof given === "function" || anObject.accepts(given);
			const hooks = isReadable ? hooksAround(options, watch, session) : {};
			super(isReadable ? withHooks(options, hooks) : given);
			this.#watch = watch;
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
				super.discard(item);
				throw error;
			}
		}

		/**
		 * A new item for a sampled loan. It does not come into the pool: burying costs an item the form in which the engine is fast, and
		 * what is pooled is warm, and may have grown to what is asked of it. Where `new` is missing, has a limit, or makes what cannot be
		 * watched, the pool serves this loan as any other.
		 */
		#getApart(): unknown {
			if (this.#make === undefined) return super.get();
			let item: unknown;
			try {
				item = super[missSymbol]();
			} catch {
				return super.get();
			}
			this.#apart = isWatchable(item);
			return item ?? super.get();
		}

		override put(item: unknown): void {
			if (!(#watch in this) || this.#watch.ignores(item)) super.put(item);
			else this.#putWatched(item);
		}

		#putWatched(item: unknown): void {
			if (!this.#watch.mayPut(item)) return;
			super.put(item);
			this.#watch.put(item, (each) => this.#release(each));
		}

		/** Ends a quarantine, after which nothing comes back that a sample watched. */
		#release(item: unknown): void {
			if (this.#watch.sparse) throwAll("Pool.put", this.#disposer.dispose([item]));
			else super.put(item);
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
			const errors = this.#watch.flush((each) => this.#release(each));
			try {
				super.clear();
			} catch (error) {
				errors.push(...partsOf(error));
			}
			throwAll(this.#watch.open ? "Pool.clear" : "Pool[Symbol.dispose]", errors);
		}

		override [disposeSymbol](): void {
			if (#watch in this) this.#watch.close();
			super[disposeSymbol]();
		}
	};
}

function making(make: () => unknown, watch: ItemWatch): () => unknown {
	return () => {
		const item = make();
		watch.made(item);
		return item;
	};
}

/** Hooks of ours around those of the user. */
function hooksAround(options: Hooks, watch: ItemWatch, session: Session): PoolOptions<unknown> {
	const { new: make, reset, keep, dispose } = options as PoolOptions<unknown>;
	const hooks: { -readonly [Key in keyof PoolOptions<unknown>]: PoolOptions<unknown>[Key] } = {};
	if (typeof make === "function") hooks.new = making(make, watch);
	if (typeof reset === "function") {
		watch.resets = true;
		hooks.reset = (item: unknown) => {
			if (watch.isReleasing(item)) return undefined;
			return watch.ignores(item) ? reset(item) : watch.reset(item, () => reset(item));
		};
	}
	if ((keep === undefined || typeof keep === "function") && (session.chaos > 0 || session.sample < 1)) {
		hooks.keep = (item: unknown) => {
			const kept = keep === undefined || watch.isReleasing(item) || keep(item);
			return kept === true ? watch.keeps(item) : kept;
		};
	}
	if (typeof dispose === "function") {
		hooks.dispose = (item: unknown) => watch.dispose(item, () => dispose(item));
	}
	return hooks;
}

/** The options with those hooks; all others are read from the original. */
function withHooks(options: Hooks, hooks: PoolOptions<unknown>): object {
	return new Proxy(options, {
		get: (target, key) => Reflect.get(Object.hasOwn(hooks, key) ? hooks : target, key),
	});
}
