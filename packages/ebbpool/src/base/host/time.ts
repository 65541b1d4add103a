import { NEVER } from "../rules.ts";

/** What tells the time in force: the engine, or a test runner. */
let clock: Pick<Performance, "now">;
let read: (() => number) | undefined;
/** The timers in force when that was looked up; who fakes one fakes the other. Nobody's, to begin with. */
let timers: unknown = Symbol();
/** Fields of an object, as numbers are written there in place, and else allocated at each reading. */
const times = {
	/** What the clock in force lags behind the time told, since another one was in force before. */
	offset: 0,
	latest: 0,
};
let raw = 0;

const onWorkerd = globalThis.navigator?.userAgent === "Cloudflare-Workers";

/**
 * Milliseconds that never go back. Test runners put a clock of their own in the place of the engine's and take it away
 * again: time then goes on from where it was.
 */
export function now(): number {
	// Node's `performance` is a getter that takes a good part of the time that the clock takes: it is asked where something changed.
	if (globalThis.setTimeout !== timers || clock.now !== read || onWorkerd) lookUp();
	times.latest = Math.max(times.latest, times.offset + clock.now());
	return times.latest;
}

function lookUp(): void {
	clock = globalThis.performance ?? Date;
	const told = clock.now();
	const replaced = typeof timers === "function" && timers !== globalThis.setTimeout;
	// Before the first request workerd's clocks stand at 0, and then they tell the time of day. What passed between is nobody's.
	if (clock.now !== read || (onWorkerd && raw === 0)) {
		read = clock.now;
		times.offset = times.latest - told;
	}
	raw = told;
	timers = globalThis.setTimeout;
	if (replaced) passAlready();
}

/** Fake time that counts from 0 is below this, in milliseconds; what is not is a date. */
const DATES = 2 ** 32;
/** Of Node's test runner. */
export const faking = {
	/** Its time when it was last read; never, where other timers were in force since. */
	time: 0,
	/** How often that began anew. Its functions are the same each time, and it has forgotten what was begun with them before. */
	generation: 0,
};

/** Adds what has passed on the timers in force since they were put there, where test runners tell. */
function passAlready(): void {
	try {
		// Those of sinon, jest and vitest have their clock with them.
		const { clock } = globalThis.setTimeout as { clock?: { performance: Pick<Performance, "now"> } };
		if (clock !== undefined) times.offset += clock.performance.now();
		if (clock !== undefined || readFaked() === undefined) faking.time = NEVER;
	} catch {
		// There are none, or they do not tell.
	}
}

/** Reads the time of Node's test runner, and leaves no timer behind. A hack: its timers have when they will fire. */
export function readFaked(): number | undefined {
	const probe = globalThis.setTimeout(() => {}, 0) as unknown as FakeTimer | undefined;
	globalThis.clearTimeout(probe as never);
	const runAt = probe?.runAt;
	if (runAt !== undefined && runAt < faking.time) {
		faking.generation++;
		if (runAt < DATES) times.offset += runAt;
	}
	if (runAt !== undefined) faking.time = runAt;
	return runAt;
}

/** Node, Deno and Bun keep a process alive for a timer unless told not to; browsers give numbers. */
export function keepAlive(timer: unknown, alive: boolean): void {
	const { ref, unref } = Object(timer) as { ref?: () => void; unref?: () => void };
	(alive ? ref : unref)?.call(timer);
}

/** A timer; when it fires, where Node's test runner fakes it. */
export interface FakeTimer {
	readonly runAt: number | undefined;
}

/** Whether there are timers that outlive what is going on: those of Cloudflare's workers end with their request. */
export function hasTimers(): boolean {
	return !onWorkerd && "setTimeout" in globalThis && "clearTimeout" in globalThis;
}
