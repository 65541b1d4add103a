import { DONE } from "../lease.ts";

/**
 * Starts something that calls `over` at its end, at once or later.
 *
 * @returns a promise of that end, which costs nothing if it came at once
 */
export function whenOver(start: (over: () => void) => void): Promise<void> {
	let ended = false;
	let resolve: (() => void) | undefined;
	start(() => {
		ended = true;
		resolve?.();
	});
	if (ended) return DONE;
	return new Promise((fulfil) => {
		resolve = fulfil;
	});
}
