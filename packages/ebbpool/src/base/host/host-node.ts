import { readFileSync } from "node:fs";
import process from "node:process";
import timers from "node:timers";
import { getHeapStatistics } from "node:v8";
import { detached } from "#detached";
import { followTimers } from "./follow-timers.ts";
import type { Timer } from "./host.ts";
import { MemoryWatch } from "./memory-watch.ts";
import { repeatWith } from "./repeat.ts";

// Node, Bun and Deno. What each function does is said in host.ts.

export { channel } from "node:diagnostics_channel";
export { detached } from "#detached";
export { hasTimers, now } from "./time.ts";

/** Taken at load: what the library needs for itself is not to be faked. */
const { setImmediate, setTimeout, setInterval, clearInterval } = timers;

const { bun, deno } = process.versions as { readonly bun?: string; readonly deno?: string };

const memory = /* @__PURE__ */ new MemoryWatch({
	// Deno may ask its user before it reads, so it is not asked.
	read: (path) => (deno ? "" : readFileSync(path, "latin1")),
	heap: getHeapStatistics,
	elapsed: () => process.uptime() * 1e3,
});

export const repeat = (callback: () => void, ms: number): Timer =>
	detached(() => repeatWith({ setInterval, clearInterval }, callback, ms));

const start = /* @__PURE__ */ followTimers(repeat);

export const startTimer = (...what: Parameters<typeof start>): Timer => detached(() => start(...what));

export const nextTurn = (callback: () => void): void => void detached(() => setImmediate(callback));

/**
 * Node lets input in between timers and immediates. Bun and Deno run immediates before; so there a timer follows, begun in an
 * immediate, as one that begins in a timer may run right behind it, and another one. Deno reads in threads, which takes a while.
 */
export const afterInput = (callback: () => void): void =>
	nextTurn(bun || deno ? () => void setTimeout(setTimeout, 0, callback, 10) : callback);

export const memoryIsShort = (): boolean => memory.isShort();

/** Bun tells of it; nobody else sends such an event. */
export const onMemoryShort = (listener: () => void): void =>
	void detached(() => process.on("memoryPressure" as "exit", listener));
