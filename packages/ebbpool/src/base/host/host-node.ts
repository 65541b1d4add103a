import { AsyncResource } from "node:async_hooks";
import { channel } from "node:diagnostics_channel";
import timers from "node:timers";
import type { Host } from "./host.ts";
import { now, startTimer } from "./time.ts";

/** Taken at load: what the library needs for itself is not to be faked. */
const { setImmediate } = timers;

/**
 * An async context in which no `AsyncLocalStorage` has a store, whoever loads this module. A hack: a resource carries the
 * stores of whoever makes it in properties of its own, next to its two ids; without these it carries none. Ended at once, it is no
 * open handle for anybody.
 */
const outside = new AsyncResource("EBBPOOL", { requireManualDestroy: true });
// On Bun this returns nothing, so that it cannot be chained.
outside.emitDestroy();
for (const key of Object.getOwnPropertySymbols(outside)) {
	const properties = outside as unknown as Record<symbol, unknown>;
	if (typeof properties[key] !== "number") properties[key] = undefined;
}

const detached = <R>(work: () => R): R => outside.runInAsyncScope(work);

export const host: Host = {
	now,
	detached,
	startTimer: (callback, ms) => detached(() => startTimer(callback, ms)),
	nextTurn: (callback) => void detached(() => setImmediate(callback)),
	channel,
};
