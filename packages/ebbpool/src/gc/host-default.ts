import type { Environment, Host } from "./host.ts";

/** Browsers, and whoever resolves without the `node` condition: a timer there keeps nothing alive that matters. */
export const host: Host = {
	startTimer(callback, ms) {
		const timer: unknown = setTimeout(callback, ms);
		(timer as { unref?: () => void }).unref?.();
		return () => clearTimeout(timer as number);
	},
};

export const environment: Environment = {
	now: () => performance.now(),
	random: Math.random,
	detached: (work) => work(),
	startTimer(callback, ms) {
		const timer: unknown = setTimeout(callback, ms);
		return {
			keepAlive(alive) {
				const { ref, unref } = timer as { ref?: () => void; unref?: () => void };
				(alive ? ref : unref)?.call(timer);
			},
			cancel: () => clearTimeout(timer as number),
		};
	},
};
