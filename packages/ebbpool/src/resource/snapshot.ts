import type { Counts } from "./counts.ts";
import type { Entry } from "./entry.ts";
import { Place, type Places } from "./places.ts";
import type { ResourcePoolStats } from "./types.ts";
import type { Waiters } from "./waiting/waiters.ts";

export function snapshot<T, L>(
	{ name, max, min }: { readonly name?: string | undefined; readonly max: number; readonly min: number },
	places: Places<Entry<T>>,
	{ size: waiting, served: waited, waitTime, rejections }: Waiters<L>,
	{ opened, openFailed, closed, leaks }: Counts,
	acquired: number,
): ResourcePoolStats {
	return Object.freeze({
		name,
		max,
		min,
		open: places.size,
		opening: places.count(Place.opening),
		idle: places.count(Place.idle),
		checking: places.count(Place.checking),
		inUse: places.count(Place.inUse),
		resetting: places.count(Place.resetting),
		closing: places.count(Place.closing),
		waiting,
		acquired,
		waited,
		waitTime,
		rejected: Object.freeze({ ...rejections }),
		opened,
		openFailed,
		closed: Object.freeze({ ...closed }),
		leaks,
	});
}

/** How a pool stands, in a line, for errors and whoever prints it. */
export function describePool({ name, max, open, opening, idle, inUse, waiting }: ResourcePoolStats): string {
	const places = `${open} of ${max} open (${opening} opening, ${idle} idle, ${inUse} in use)`;
	return `${name === undefined ? "" : `${name}: `}${places}, ${waiting} waiting`;
}
