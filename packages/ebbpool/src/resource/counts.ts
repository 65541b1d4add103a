import type { CloseReason } from "./types.ts";

/** What a pool counts beside its places and waiters. */
export class Counts {
	opened = 0;
	/** Creations that failed. */
	openFailed = 0;
	/** Reports of leases that last too long. */
	leaks = 0;
	readonly closed: Record<CloseReason, number> = {
		idle: 0,
		memory: 0,
		lifetime: 0,
		uses: 0,
		surplus: 0,
		drained: 0,
		retired: 0,
		discarded: 0,
		cleared: 0,
		invalid: 0,
		reset: 0,
	};
}
