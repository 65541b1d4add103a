import { AsyncResource } from "node:async_hooks";
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

/** A call, so that bundlers leave it out where nobody uses it. */
function makeEnvironment(): Environment {
	const clock = performance; // the global is a getter that takes longer than the clock itself
	return {
		now: () => clock.now(),
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
}

export const environment: Environment = /* @__PURE__ */ makeEnvironment();
