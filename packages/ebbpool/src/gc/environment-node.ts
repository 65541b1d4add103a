import { clearTimeout, setTimeout } from "node:timers";
import type { Environment } from "./environment.ts";
import { atLoad } from "./host-node.ts";

const clock = performance; // the global is a getter that takes longer than the clock itself

export const environment: Environment = {
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
