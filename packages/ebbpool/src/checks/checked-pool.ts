import type { PoolOptions } from "../pool/types.ts";
import { ItemWatch } from "./item-watch.ts";
import type { Session } from "./session.ts";

/** What the check of a pool needs of its class. */
export interface ItemPool {
	new: (() => unknown) | undefined;
	get(): unknown;
	put(item: unknown): void;
	discard(item: unknown): void;
	[Symbol.dispose](): void;
}

type ItemPoolClass = new (options?: unknown) => ItemPool;

type Hooks = Partial<Record<"new" | "reset" | "dispose" | "name", unknown>>;

/** A subclass of `Pool` whose items are watched. */
export function checkedPool(Pool: ItemPoolClass, session: Session): ItemPoolClass {
	return class extends Pool {
		readonly #watch: ItemWatch;
		#make: (() => unknown) | undefined;

		constructor(given: unknown) {
			const options: Hooks = typeof given === "function" ? { new: given } : Object(given);
			const watch = new ItemWatch(session, typeof options.name === "string" ? options.name : undefined);
			super(given === undefined || isOptions(given) ? watched(options, watch) : given);
			this.#watch = watch;
			this.#make = options.new as (() => unknown) | undefined;
		}

		override get new(): (() => unknown) | undefined {
			return this.#make;
		}

		override set new(make: (() => unknown) | undefined) {
			super.new = typeof make === "function" ? making(make, this.#watch) : make;
			this.#make = make;
		}

		override get(): unknown {
			return this.#watch.got(super.get());
		}

		override put(item: unknown): void {
			if (!this.#watch.mayPut(item)) return;
			super.put(item);
			this.#watch.put(item);
		}

		override discard(item: unknown): void {
			this.#watch.discarded(item);
			super.discard(item);
		}

		override [Symbol.dispose](): void {
			this.#watch.close();
			super[Symbol.dispose]();
		}
	};
}

function isOptions(given: unknown): given is object {
	return typeof given === "function" || (typeof given === "object" && given !== null && !Array.isArray(given));
}

function making(make: () => unknown, watch: ItemWatch): () => unknown {
	return () => {
		const item = make();
		watch.made(item);
		return item;
	};
}

/** The options, with hooks in between where they are given; all others are found through the prototype. */
function watched(options: Hooks, watch: ItemWatch): object {
	const { new: make, reset, dispose } = options as PoolOptions<unknown>;
	const hooks: Record<string, unknown> = {};
	if (typeof make === "function") hooks.new = making(make, watch);
	if (typeof reset === "function") {
		hooks.reset = (item: unknown) => watch.reset(item, () => reset(item));
	}
	if (typeof dispose === "function") {
		hooks.dispose = (item: unknown) => {
			watch.exhume(item);
			return dispose(item);
		};
	}
	return Object.create(options, Object.getOwnPropertyDescriptors(hooks));
}
