import type { Timer } from "./host.ts";

/** The clock in force: that of the engine, or a test runner's. */
interface Clock {
	now(): number;
}

let clock: Clock;
let read: (() => number) | undefined;
/** The timers in force when the clock was looked up; what fakes one fakes the other. Nobody's, to begin with. */
let timers: unknown = Symbol();
/** An object's fields: a number that is no integer is written there in place, and else allocated at each reading. */
const times = {
	/** What the clock in force lags behind the time told, since another one was in force before. */
	offset: 0,
	latest: 0,
};

/**
 * Cloudflare's workerd: before the first request its clocks stand at 0, and then they tell the time of day. What passed
 * between is nobody's.
 */
const { userAgent } = (globalThis as { navigator?: { userAgent?: string } }).navigator ?? {};
const beginsAtZero = userAgent === "Cloudflare-Workers";
let raw = 0;

/**
 * Milliseconds that never go back. Test runners put a clock of their own in the place of the engine's and take it away
 * again: time then goes on from where it was.
 */
export function now(): number {
	// On Node the global is a getter, which takes half as long as the clock: so it is asked where something changed.
	if (globalThis.setTimeout !== timers || clock.now !== read || beginsAtZero) lookUp();
	const time = times.offset + clock.now();
	if (time > times.latest) times.latest = time;
	return times.latest;
}

function lookUp(): void {
	const inForce: Clock = globalThis.performance ?? Date;
	const told = inForce.now();
	if (inForce !== clock || inForce.now !== read || (beginsAtZero && raw === 0)) {
		clock = inForce;
		read = inForce.now;
		times.offset = times.latest - told;
	}
	raw = told;
	timers = globalThis.setTimeout;
}

/** Node, Deno and Bun keep a process alive for a timer unless told not to; browsers give numbers. */
function keepAlive(timer: unknown, alive: boolean): void {
	const { ref, unref } = timer as { ref?: () => void; unref?: () => void };
	(alive ? ref : unref)?.call(timer);
}

/** One of the timers in force when it is made. */
class TimerInForce implements Timer {
	readonly #setTimeout = globalThis.setTimeout;
	readonly #clearTimeout = globalThis.clearTimeout;
	readonly #timer: unknown;

	constructor(callback: () => void, ms: number) {
		const { setTimeout } = globalThis;
		this.#timer = setTimeout(callback, ms);
	}

	keepAlive(alive: boolean): void {
		keepAlive(this.#timer, alive);
	}

	cancel(): void {
		const clearTimeout = this.#clearTimeout;
		clearTimeout(this.#timer as number);
	}

	get current(): boolean {
		return globalThis.setTimeout === this.#setTimeout;
	}
}

export function startTimer(callback: () => void, ms: number): Timer {
	return new TimerInForce(callback, ms);
}

/** Whether there are timers that outlive what is going on: those of Cloudflare's workers end with their request. */
export function hasTimers(): boolean {
	return typeof setTimeout === "function" && globalThis.navigator?.userAgent !== "Cloudflare-Workers";
}

/** The functions that begin and end an interval. */
export interface Intervals {
	setInterval(callback: () => void, ms: number): unknown;
	clearInterval(timer: never): void;
}

/** Begins an interval with these functions, whichever are in force. */
export function repeat({ setInterval, clearInterval }: Intervals, callback: () => void, ms: number): Timer {
	const timer = setInterval(callback, ms);
	return {
		keepAlive: (alive) => keepAlive(timer, alive),
		cancel: () => clearInterval(timer as never),
		current: true,
	};
}
