import type { PoolKind } from "./pool-list.ts";
import { threadGlobal } from "./thread-global.ts";

/** A constructor of one of the pools, of any copy of the package. */
// biome-ignore lint/suspicious/noExplicitAny: a mixin's constructor must take any arguments.
export type PoolClass = new (...args: any[]) => object;

/**
 * The slot that `ebbpool/checks` fills. Each public constructor asks it once:
 *
 *     if (new.target === Pool && instrument.wrap) return new (instrument.wrap("Pool", Pool))(options);
 *
 * so that an instrumented pool is a subclass of the pool it stands for, and `get` and `put` of the others pay nothing. Where
 * `new.target` is a class of somebody else's, it asks `adopt` instead.
 */
export interface Instrument {
	/** Returns a subclass that watches what is done with the pool; `undefined` while nothing is to be watched. */
	wrap: (<Class extends PoolClass>(kind: PoolKind, pool: Class) => Class) | undefined;
	/**
	 * Makes a pool of a user's subclass that is watched, whose constructor is under way; `undefined` if it is to be made as
	 * any other.
	 */
	adopt?:
		| (<Class extends PoolClass>(
				kind: PoolKind,
				pool: Class,
				options: unknown,
				target: PoolClass,
		  ) => InstanceType<Class> | undefined)
		| undefined;
	/** Tells of what happens on a slow path; filled by `ebbpool/metrics`. */
	publish?: ((channel: string, pool: string | undefined, ...args: unknown[]) => void) | undefined;
}

export const instrument: Instrument = threadGlobal("instrument.1", () => ({ wrap: undefined }));

/**
 * By this name a `Pool` gives a new item although it may have others, counted as any miss; or counts an item as out again that a
 * check kept back from its put, and is about to put once more.
 */
export const missSymbol = Symbol.for("ebbpool.miss.1");
