import type { Environment } from "./environment.ts";

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
