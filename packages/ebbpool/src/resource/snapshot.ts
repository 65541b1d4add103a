import type { Entry, EntryState } from "./entry.ts";
import type { CloseReason, ResourcePoolStats } from "./types.ts";
import type { Waiters } from "./waiters.ts";

interface Counts {
	readonly acquired: number;
	readonly opened: number;
	readonly openFailed: number;
	readonly queueFull: number;
	readonly closed: Readonly<Record<CloseReason, number>>;
	readonly leaks: number;
}

/** Counts the places by their state now; nothing is counted twice, as nothing is counted while it happens. */
export function snapshot<T, L>(
	name: string | undefined,
	entries: ReadonlySet<Entry<T>>,
	waiters: Waiters<L>,
	{ acquired, opened, openFailed, queueFull, closed, leaks }: Counts,
): ResourcePoolStats {
	const states: Record<EntryState, number> = {
		opening: 0,
		idle: 0,
		checking: 0,
		leased: 0,
		resetting: 0,
		closing: 0,
		closed: 0,
	};
	for (const { state } of entries) states[state]++;
	const { opening, idle, checking, leased: inUse, resetting, closing } = states;
	return Object.freeze({
		name,
		open: entries.size,
		opening,
		idle,
		checking,
		inUse,
		resetting,
		closing,
		waiting: waiters.size,
		acquired,
		waited: waiters.served,
		waitTime: waiters.waitTime,
		rejected: Object.freeze({ ...waiters.rejected, queueFull }),
		opened,
		openFailed,
		closed: Object.freeze({ ...closed }),
		leaks,
	});
}
