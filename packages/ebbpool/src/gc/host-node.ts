import { AsyncResource } from "node:async_hooks";
import { clearTimeout, setTimeout } from "node:timers";
import type { Host } from "./host.ts";

// Timers remember the async context they are armed in: one armed inside `AsyncLocalStorage.run` would keep that
// request's store alive. This resource stands for the context at load instead.
export const atLoad = new AsyncResource("EBBPOOL");

export const host: Host = {
	startTimer(callback, ms) {
		const timer = atLoad.runInAsyncScope(setTimeout, undefined, callback, ms).unref();
		return () => clearTimeout(timer);
	},
};
