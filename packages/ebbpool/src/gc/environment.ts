/** A timer that runs once. */
export interface Timer {
	/** Whether the process stays alive for it; it does until told otherwise. */
	keepAlive(alive: boolean): void;
	cancel(): void;
}

/**
 * Time and chance, for what waits; `#environment` resolves to one implementation by export condition. It is all that makes a run of a `ResourcePool` differ from the next one, so that a
 * simulation can put its own in place.
 */
export interface Environment {
	/** Milliseconds that never go back. */
	now(): number;
	/** A number from 0 up to, but not including, 1. */
	random(): number;
	/** Runs `work` outside the caller's async context: what it makes outlives the caller. */
	detached<R>(work: () => R): R;
	/** Calls `callback` once after `ms` milliseconds, outside the caller's async context. */
	startTimer(callback: () => void, ms: number): Timer;
}
