/** What the library needs from its host; `#host` resolves to one implementation by export condition. */
export interface Host {
	/**
	 * Calls `callback` once after `ms` milliseconds. The timer keeps no process alive and remembers nothing of the
	 * caller's async context.
	 *
	 * @returns a function that cancels the timer
	 */
	startTimer(callback: () => void, ms: number): () => void;
}
