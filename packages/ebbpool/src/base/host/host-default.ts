import { followTimers } from "./follow-timers.ts";
import type { Channel } from "./host.ts";
import { repeat } from "./repeat-default.ts";

// Browsers, and whoever resolves without the `node` condition. What each function does is said in host.ts.

export { detached } from "#detached";
export { hasTimers, now } from "./time.ts";
export { repeat };

/** Taken at load: what the library needs for itself is not to be faked. */
const { setTimeout } = globalThis;

export const startTimer = /* @__PURE__ */ followTimers(repeat);

export const nextTurn = (callback: () => void): void => void setTimeout(callback, 0);

export const afterInput = (callback: () => void): void => nextTurn(callback);

export const memoryIsShort = (): boolean => false;

export function onMemoryShort(_listener: () => void): void {}

export const channel = (_name: string): Channel => ({ hasSubscribers: false, publish() {} });
