import type { SharedPoolHandle } from "ebbpool/shared";

/** What a worker is told first; after that, messages of blocks. */
export interface VictimTask {
	readonly pool: SharedPoolHandle;
	readonly ledger: SharedArrayBuffer;
	readonly mark: number;
	readonly seed: number;
	/** Never lets its event loop turn. */
	readonly busy: boolean;
}

export type ToVictim = VictimTask | number;

/** What a worker says: that it uses the pool now, that it has put everything back, or a message of a block. */
export type FromVictim = "attached" | "done" | number;

/** A worker, as the thread that made it sees it. */
export interface Victim {
	/** The runtime's own object, for `pool.track`. */
	readonly worker: { postMessage(message: ToVictim): void };
	listen(onMessage: (message: FromVictim) => void, onError: () => void): void;
	/** Ends the worker wherever it is; resolves after `ended` was called. */
	kill(): Promise<void>;
}

/**
 * Starts a worker that runs `runVictim`. `ended` is called as soon as it is certain that the worker takes no more steps, and
 * before a pool that comes to track the worker can know of it.
 */
export type StartVictim = (mark: number, ended: () => void) => Victim;

/** A worker, as it sees itself. */
export interface VictimRealm {
	post(message: FromVictim): void;
	listen(onMessage: (message: ToVictim) => void): void;
	/** Does what `Victim.kill` relies on to know of the end. */
	begin(mark: number): Promise<void>;
}

export interface KillReport {
	readonly seed: number;
	readonly kills: number;
	/** Of the kills, those of workers in a loop that never lets the event loop turn. */
	readonly busyKills: number;
	readonly operations: number;
	readonly handOvers: number;
	readonly reclaimed: number;
	readonly failedWorkers: number;
	readonly doublyHeld: number;
	readonly staleBytes: number;
	readonly changedBytes: number;
	readonly lostSlots: number;
}
