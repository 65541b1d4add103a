import { disposeSymbol } from "../base/dispose-symbols.ts";
import { anObject } from "../base/rules.ts";
import type { PoolOptions } from "../pool/types.ts";
import { ItemWatch } from "./item-watch.ts";
import type { Session } from "./session.ts";

/** What the check of a pool needs of its class. */
export interface ItemPool {
	new: (() => unknown) | undefined;
	get(): unknown;
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
		#make: (() => unknown) | undefined;

		constructor(given: unknown) {
			const session = sessionOf();
			const options: Hooks = typeof given === "function" ? { new: given } : Object(given);
			const watch = new ItemWatch(session, typeof options.name === "string" ? options.name : undefined);
			const isReadable = given === undefined || typeof given === "function" || anObject.accepts(given);
			super(isReadable ? watched(options, watch, session) : given);
			this.#watch = watch;
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
		}

		override get(): unknown {
			const item = super.get();
			if (!(#watch in this)) return item;
			try {
				return this.#watch.got(item);
			} catch (error) {
				// What somebody else did to it is thrown here: nobody gets it.
				super.discard(item);
				throw error;
			}
		}

		override put(item: unknown): void {
			if (!(#watch in this)) {
				super.put(item);
				return;
			}
			if (!this.#watch.mayPut(item)) return;
			super.put(item);
			this.#watch.put(item, (each) => super.put(each));
		}

		override discard(item: unknown): void {
			if (#watch in this) {
				if (!this.#watch.mayDiscard(item)) return;
				this.#watch.discarded(item);
			}
			super.discard(item);
		}

		override clear(): void {
			if (#watch in this) this.#watch.flush((each) => super.put(each));
			super.clear();
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

/** The options, with hooks of ours around those of the user; all others are read from the original. */
function watched(options: Hooks, watch: ItemWatch, session: Session): object {
	const { new: make, reset, keep, dispose } = options as PoolOptions<unknown>;
	const hooks: Record<string, unknown> = {};
	if (typeof make === "function") hooks.new = making(make, watch);
	if (typeof reset === "function") {
		hooks.reset = (item: unknown) => {
			return watch.isReleasing(item) ? undefined : watch.reset(item, () => reset(item));
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
	return new Proxy(options, {
		get: (target, key) => (Object.hasOwn(hooks, key) ? hooks[key as string] : Reflect.get(target, key)),
	});
}
