import { performance } from "node:perf_hooks";

/** Kept before the program runs: test libraries replace these with clocks of their own. */
export const now: () => number = performance.now.bind(performance);
export const { setImmediate: nextTurn, setTimeout: later, setInterval: repeat } = globalThis;
