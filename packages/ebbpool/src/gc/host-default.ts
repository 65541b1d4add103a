import type { Host } from "./host.ts";

/** Browsers, and whoever resolves without the `node` condition: a timer there keeps nothing alive that matters. */
export const host: Host = {
	startTimer(callback, ms) {
		const timer: unknown = setTimeout(callback, ms);
		(timer as { unref?: () => void }).unref?.();
		return () => clearTimeout(timer as number);
	},
};
