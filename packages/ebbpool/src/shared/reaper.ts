import { tally } from "./atomics.ts";
import { RECLAIMED, type SlotIndex, type ThreadId } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { reclaim } from "./reclaim.ts";
import { deadThreads, markDead, markOrphansDead, type RuntimeId, vacate } from "./registry.ts";
import { slotCount } from "./slot-count.ts";
import { wakeWaiters } from "./waiters.ts";

/**
 * Takes back what all dead threads held, those included that an earlier reaper died over, then gives up their entries.
 * A slot that is given to a dead thread after this passed it is the giver's to take back (hand-over.ts).
 */
export function sweep(memory: Memory, me: ThreadId): void {
	markOrphansDead(memory);
	const dead = deadThreads(memory);
	const count = slotCount(memory);
	let reclaimed = 0;
	for (let slot = 0 as SlotIndex; slot < count; slot++) if (reclaim(memory, slot, me)) reclaimed++;
	for (const thread of dead) vacate(memory, thread);
	tally(memory.words, RECLAIMED, reclaimed);
	wakeWaiters(memory);
}

/** Takes back what a dead thread and its descendants held. */
export function reap(memory: Memory, id: RuntimeId, me: ThreadId): void {
	markDead(memory, id);
	sweep(memory, me);
}
