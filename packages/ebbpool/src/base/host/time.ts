import { fromEngine } from "../engine.ts";
import { NEVER } from "../rules.ts";
import type { Timer } from "./host.ts";

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
/** The time of Node's test runner when it was last read; never, where other timers were in force since. */
let faked = 0;
/** How often that began anew. Its functions are the same each time, and it has forgotten what was begun with them before. */
let generation = 0;

/** Adds what has passed on the timers in force since they were put there, where test runners tell. */
function passAlready(): void {
	try {
		// Those of sinon, jest and vitest have their clock with them.
		const { clock } = globalThis.setTimeout as { clock?: { performance: Pick<Performance, "now"> } };
		if (clock !== undefined) times.offset += clock.performance.now();
		if (clock !== undefined || readFaked() === undefined) faked = NEVER;
	} catch {
		// There are none, or they do not tell.
	}
}

/** Reads the time of Node's test runner, and leaves no timer behind. A hack: its timers have when they will fire. */
function readFaked(): number | undefined {
	const probe = globalThis.setTimeout(() => {}, 0) as unknown as FakeTimer;
	globalThis.clearTimeout(probe as never);
	const { runAt } = probe;
	if (runAt !== undefined && runAt < faked) {
		generation++;
		if (runAt < DATES) times.offset += runAt;
	}
	if (runAt !== undefined) faked = runAt;
	return runAt;
}

/** Node, Deno and Bun keep a process alive for a timer unless told not to; browsers give numbers. */
export function keepAlive(timer: unknown, alive: boolean): void {
	const { ref, unref } = timer as { ref?: () => void; unref?: () => void };
	(alive ? ref : unref)?.call(timer);
}

/** How far the time of the timers in force is beyond the moment for which the one that fires was set. */
let beyond = 0;

/** A timer; when it fires, where Node's test runner fakes it. */
interface FakeTimer {
	readonly runAt: number | undefined;
}

/**
 * Starts one of the timers in force; `what` needs it, for the message.
 *
 * A hack: Node's test runner lets its time jump to the end of a tick before it fires what has become due. So what is started
 * while a timer fires begins at that timer's own moment.
 */
export function startTimer(callback: () => void, ms: number, what: string): Timer {
	const setTimeout = fromEngine(what, "setTimeout") as unknown as (fire: () => void, ms: number) => FakeTimer;
	const clearTimeout = fromEngine(what, "clearTimeout") as (timer: unknown) => void;
	const fire = () => {
		if (timer.runAt !== undefined && inForce()) beyond = faked - timer.runAt;
		try {
			callback();
		} finally {
			beyond = 0;
		}
	};
	const timer = setTimeout(fire, ms - beyond);
	if (timer.runAt === undefined) faked = NEVER;
	else readFaked();
	const begunIn = generation;
	const inForce = () =>
		globalThis.setTimeout === (setTimeout as unknown) &&
		(timer.runAt === undefined || (readFaked() !== undefined && generation === begunIn));
	return {
		keepAlive: (alive) => keepAlive(timer, alive),
		cancel() {
			// Node's test runner would take another timer out of those that it has, once it has begun anew or is not in force.
			if (timer.runAt === undefined || inForce()) clearTimeout(timer);
		},
		get current() {
			return inForce();
		},
	};
}

/** Whether there are timers that outlive what is going on: those of Cloudflare's workers end with their request. */
export function hasTimers(): boolean {
	return !onWorkerd && "setTimeout" in globalThis && "clearTimeout" in globalThis;
}
