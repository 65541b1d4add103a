import { detached } from "#detached";
import type { Channel, Host, Timer } from "./host.ts";
import * as time from "./time.ts";

/** Taken at load: what the library needs for itself is not to be faked. */
const { setTimeout, setInterval, clearInterval } = globalThis;

const silent: Channel = { hasSubscribers: false, publish: () => {} };

export const startTimer = time.startTimer;

export const repeat = (callback: () => void, ms: number): Timer =>
	time.repeat({ setInterval, clearInterval }, callback, ms);

export const nextTurn = (callback: () => void): void => void setTimeout(callback, 0);

/** Browsers, and whoever resolves without the `node` condition. */
export const host: Host = {
	now: time.now,
	startTimer,
	detached,
	repeat,
	nextTurn,
	get timers() {
		return time.hasTimers();
	},
	memoryIsShort: () => false,
	onMemoryShort: () => {},
	channel: () => silent,
};
