import type { Timer } from "./host.ts";
import { keepAlive } from "./time.ts";

/** The functions that begin and end an interval. */
export interface Intervals {
	setInterval(callback: () => void, ms: number): unknown;
	clearInterval(timer: never): void;
}

/** Begins an interval with these functions, whichever are in force. */
export function repeatWith(
	{ setInterval, clearInterval }: Intervals,
	callback: () => void,
	ms: number,
): Timer {
	const timer = setInterval(callback, ms);
	return {
		keepAlive: (alive) => keepAlive(timer, alive),
		cancel: () => clearInterval(timer as never),
		current: true,
	};
}
