import type { ThreadId } from "../core/layout.ts";
import type { Memory } from "../core/memory.ts";
import type { RuntimeId } from "../core/registry.ts";

/** The `birth` of handles where the runtime names its threads itself. */
export const NO_BIRTH = 0 as RuntimeId;

/** How a pool is known to this thread and others. */
export interface PoolIdentity {
	/** The pool's name for locks. */
	readonly id: string;
	/** Gives out a runtime id that no other thread of this pool has. */
	nextBirth(): RuntimeId;
	/** Where the ids are noted that handles carry away: those of the worker that gets them. */
	births: RuntimeId[];
}

/** A thread's entry in a pool, on whose behalf it reaps others. */
export interface Entry {
	readonly memory: Memory;
	readonly me: ThreadId;
}

/** A worker as seen by the thread that tracks it. */
export interface TrackedWorker {
	/** The ids under which the worker is known or may come to be. */
	readonly ids: readonly RuntimeId[];
	/** Resolves once the worker takes no more steps and what it held was taken back. */
	reap(entry: Entry): Promise<void>;
}

/**
 * What the runtime tells of threads, and whom to believe that one is dead; `#threads` resolves to one implementation by
 * export condition.
 */
export interface Threads {
	/**
	 * This thread's name in the pool; a promise where others would not notice its end before.
	 *
	 * @param birth - the id that the handle proposes, or {@link NO_BIRTH}
	 */
	live(pool: PoolIdentity, birth: RuntimeId): RuntimeId | Promise<RuntimeId>;
	/** @param entry - of this thread; an error if it has none yet */
	track(pool: PoolIdentity, worker: object, entry: () => Entry): TrackedWorker;
	/** A handle's `birth`, asked for each time that it is cloned. */
	birth(pool: PoolIdentity): RuntimeId;
}
