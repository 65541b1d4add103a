import type { Channel } from "./host.ts";

// Browsers, and whoever resolves without the `node` condition. What each function does is said in host.ts.

export { detached } from "#detached";
export { repeat } from "./repeat-default.ts";
export { hasTimers, now, startTimer } from "./time.ts";

/** Taken at load: what the library needs for itself is not to be faked. */
const { setTimeout } = globalThis;

export const nextTurn = (callback: () => void): void => void setTimeout(callback, 0);

export const afterInput = (callback: () => void): void => nextTurn(callback);

export const memoryIsShort = (): boolean => false;

export function onMemoryShort(_listener: () => void): void {}

export const channel = (_name: string): Channel => ({ hasSubscribers: false, publish() {} });
