import type { Channel, Host } from "./host.ts";
import { now, startTimer } from "./time.ts";

/** Taken at load: what the library needs for itself is not to be faked. */
const { setTimeout } = globalThis;

const silent: Channel = { hasSubscribers: false, publish: () => {} };

/** Browsers, and whoever resolves without the `node` condition. */
export const host: Host = {
	now,
	startTimer,
	detached: (work) => work(),
	nextTurn: (callback) => void setTimeout(callback, 0),
	channel: () => silent,
};
