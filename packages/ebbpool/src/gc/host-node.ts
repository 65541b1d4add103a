import { AsyncResource } from "node:async_hooks";
import { performance } from "node:perf_hooks";
import { clearTimeout, setTimeout } from "node:timers";
import type { Environment, Host } from "./host.ts";

// Timers remember the async context they are armed in: one armed inside `AsyncLocalStorage.run` would keep that
// request's store alive. This resource stands for the context at load instead.
const atLoad = new AsyncResource("EBBPOOL");

export const host: Host = {
	startTimer(callback, ms) {
		const timer = atLoad.runInAsyncScope(setTimeout, undefined, callback, ms).unref();
		return () => clearTimeout(timer);
	},
};

export const environment: Environment = {
	now: () => performance.now(),
	random: Math.random,
	detached: (work) => atLoad.runInAsyncScope(work),
	startTimer(callback, ms) {
		const timer = atLoad.runInAsyncScope(setTimeout, undefined, callback, ms);
		return {
			keepAlive: (alive) => void (alive ? timer.ref() : timer.unref()),
			cancel: () => clearTimeout(timer),
		};
	},
};
