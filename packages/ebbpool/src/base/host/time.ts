import { fromEngine } from "../engine.ts";
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
	// Before the first request workerd's clocks stand at 0, and then they tell the time of day. What passed between is nobody's.
	if (clock.now !== read || (onWorkerd && raw === 0)) {
		read = clock.now;
		times.offset = times.latest - told;
	}
	raw = told;
	timers = globalThis.setTimeout;
}

/** Node, Deno and Bun keep a process alive for a timer unless told not to; browsers give numbers. */
export function keepAlive(timer: unknown, alive: boolean): void {
	const { ref, unref } = timer as { ref?: () => void; unref?: () => void };
	(alive ? ref : unref)?.call(timer);
}

/** How far the time of the timers in force is beyond the moment for which the one that fires was set. */
let beyond = 0;

/** What begins a timer; `runAt`, when it fires, exists where Node's test runner fakes it. */
type Start = (callback: () => void, ms: number) => { readonly runAt: number };

/**
 * Starts one of the timers in force; `what` needs it, for the message.
 *
 * A hack: Node's test runner lets its time jump to the end of a tick before it fires what has become due. So what is started
 * while a timer fires begins at that timer's own moment.
 */
export function startTimer(callback: () => void, ms: number, what: string): Timer {
	const setTimeout = fromEngine(what, "setTimeout") as unknown as Start;
	const clearTimeout = fromEngine(what, "clearTimeout") as (timer: unknown) => void;
	const timer = setTimeout(() => {
		if (timer.runAt >= 0) {
			const probe = setTimeout(callback, 0);
			clearTimeout(probe);
			beyond = probe.runAt - timer.runAt;
		}
		try {
			callback();
		} finally {
			beyond = 0;
		}
	}, ms - beyond);
	return {
		keepAlive: (alive) => keepAlive(timer, alive),
		cancel: () => clearTimeout(timer),
		get current() {
			return globalThis.setTimeout === (setTimeout as unknown);
		},
	};
}

/** Whether there are timers that outlive what is going on: those of Cloudflare's workers end with their request. */
export function hasTimers(): boolean {
	return !onWorkerd && "setTimeout" in globalThis && "clearTimeout" in globalThis;
}
