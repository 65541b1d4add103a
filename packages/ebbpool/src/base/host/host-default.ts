import type { Channel, Host } from "./host.ts";
import { hasTimers, now, repeat, startTimer } from "./time.ts";

/** Taken at load: what the library needs for itself is not to be faked. */
const { setTimeout, setInterval, clearInterval } = globalThis;

const silent: Channel = { hasSubscribers: false, publish: () => {} };

/** Browsers, and whoever resolves without the `node` condition. */
export const host: Host = {
	now,
	startTimer,
	detached: (work) => work(),
	repeat: (callback, ms) => repeat({ setInterval, clearInterval }, callback, ms),
	nextTurn: (callback) => void setTimeout(callback, 0),
	get timers() {
		return hasTimers();
	},
	memoryIsShort: () => false,
	onMemoryShort: () => {},
	channel: () => silent,
};
