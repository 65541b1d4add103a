import type { RuntimeId } from "./registry.ts";

/** How a pool is known to this thread and others. */
export interface PoolIdentity {
	/** The pool's name for locks. */
	readonly id: string;
	/** Gives out a runtime id that no other thread of this pool has. */
	nextBirth(): RuntimeId;
}

/** This thread's own life, as far as others can know of it. */
export interface Life {
	readonly id: RuntimeId;
	/** Resolves once others would notice its end; `undefined` if they do already. */
	readonly ready: Promise<void> | undefined;
}

/** A worker as seen by the thread that tracks it. */
export interface TrackedWorker {
	/** The ids under which the worker is known or may come to be. */
	ids(): readonly RuntimeId[];
	/** Resolves once the worker takes no more steps; the death is certain while `sweep` runs. */
	ended(sweep: (ids: readonly RuntimeId[]) => void): Promise<void>;
}

/**
 * What the runtime tells of threads, and whom to believe that one is dead; `#threads` resolves to one implementation by
 * export condition.
 */
export interface Threads {
	/** Whether `ended` is news that comes by itself, and a worker's own workers have ended then, too. */
	readonly exits: boolean;
	/** @param birth - the id that the handle proposes, 0 for none */
	live(pool: PoolIdentity, birth: number): Life;
	track(pool: PoolIdentity, worker: object): TrackedWorker;
	/** A handle's `birth`, asked for each time that it is cloned. */
	birth(pool: PoolIdentity): number;
}
