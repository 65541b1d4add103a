/** A timer that runs once. */
export interface Timer {
	/** Whether the process stays alive for it; it does until told otherwise. */
	keepAlive(alive: boolean): void;
	cancel(): void;
	/** Whether the timers in force now are still those that it was made with: test runners put others in their place. */
	readonly current: boolean;
}

/** Where messages about slow paths are published; on most hosts nobody can subscribe. */
export interface Channel {
	readonly hasSubscribers: boolean;
	publish(message: object): void;
}

/**
 * What the library needs from its host. The module `#host` is one: package.json chooses it by export condition, and bundlers
 * leave out what nobody uses of it. Time is looked up at each call, so that the fake timers of test runners drive it,
 * whenever they were installed.
 */
export interface Host {
	/** Milliseconds that never go back, also when fake timers come or go. */
	now(): number;
	/**
	 * Calls `callback` once after `ms` milliseconds, outside the caller's async context. `what` needs it, for the message.
	 * `renew` is called, while it runs, where others were put in the place of the timers in force: soon after, in real time. It is to cancel this timer, and begin another for what is left by {@link now}.
	 */
	startTimer(callback: () => void, ms: number, what: string, renew: () => void): Timer;
	/**
	 * Calls `callback` every `ms` milliseconds, outside the caller's async context; no fake timers hold it up. For what the
	 * library needs for itself.
	 */
	repeat(callback: () => void, ms: number): Timer;
	/** Runs `work` outside the caller's async context: what it begins outlives the caller. */
	detached<R>(work: () => R): R;
	/** Calls `callback` after the event loop has turned once; no fake timers hold it up. */
	nextTurn(callback: () => void): void;
	/**
	 * Calls `callback` after the input has been let in that was ready when it was called from a timer; no fake timers hold it
	 * up.
	 */
	afterInput(callback: () => void): void;
	/** Whether there are timers that outlive what is going on: in some places they end with a request, or do not exist. */
	hasTimers(): boolean;
	/** Whether memory is short: the heap of this thread, or the machine's or container's. Tells by what it may read, and never throws. */
	memoryIsShort(): boolean;
	/** Calls `listener` whenever the host says that memory is short, where it says so; keeps no process alive. */
	onMemoryShort(listener: () => void): void;
	/** The channel of `diagnostics_channel` with this name, or one that nobody subscribes to. */
	channel(name: string): Channel;
}
