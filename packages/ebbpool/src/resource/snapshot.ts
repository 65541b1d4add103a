import type { Entry, PlaceState } from "./entry.ts";
import type { CloseReason, ResourcePoolStats } from "./types.ts";
import type { Waiters } from "./waiting/waiters.ts";

type Counts = Pick<ResourcePoolStats, "acquired" | "opened" | "openFailed" | "leaks">;

/** Counts the places by their state now; nothing is counted twice, as nothing is counted while it happens. */
export function snapshot<T, L>(
	name: string | undefined,
	entries: ReadonlySet<Entry<T>>,
	{ size: waiting, served: waited, waitTime, rejected }: Waiters<L>,
	counts: Counts,
	closed: Readonly<Record<CloseReason, number>>,
): ResourcePoolStats {
	const places: Record<PlaceState, number> = {
		opening: 0,
		idle: 0,
		checking: 0,
		inUse: 0,
		resetting: 0,
		closing: 0,
	};
	for (const { state } of entries) places[state as PlaceState]++;
	return Object.freeze({
		name,
		open: entries.size,
		...places,
		waiting,
		waited,
		waitTime,
		rejected: Object.freeze({ ...rejected }),
		...counts,
		closed: Object.freeze({ ...closed }),
	});
}
