import type { ThreadId } from "../core/layout.ts";
import type { Memory } from "../core/memory.ts";
import type { RuntimeId } from "../core/registry.ts";

/** The reserved id of handles where the runtime names its threads itself, and of those for any thread. */
export const NOT_RESERVED = 0 as RuntimeId;

/** How a pool is known to this thread and others. */
export interface PoolIdentity {
	/** The pool's name for locks. */
	readonly id: string;
	/** Gives out a runtime id that no other thread of this pool has. */
	reserveId(): RuntimeId;
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
	/** An id for the worker, to be carried by a handle; {@link NOT_RESERVED} where it has one of its own. */
	reserveId(): RuntimeId;
	/** Resolves once the worker takes no more steps and what it held was taken back. */
	reap(entry: Entry): Promise<void>;
}

/**
 * What the runtime tells of threads, and what proves that one is dead; `#threads` resolves to one implementation by export
 * condition.
 */
export interface Threads {
	/**
	 * This thread's id in the pool; a promise where others would not notice its end before.
	 *
	 * @param reserved - the id that the handle proposes, or {@link NOT_RESERVED}
	 */
	identify(pool: PoolIdentity, reserved: RuntimeId): RuntimeId | Promise<RuntimeId>;
	/**
	 * @param method - which asks for it
	 * @param entry - of this thread; an error if it has none yet
	 */
	track(pool: PoolIdentity, worker: object, method: string, entry: () => Entry): TrackedWorker;
}
