import { tally } from "./atomics.ts";
import { MAX_THREADS } from "./bounds.ts";
import { RECLAIMED, type SlotIndex, type ThreadId } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { reclaim } from "./reclaim.ts";
import { deadThreads, markChildrenDead, markDead, type RuntimeId, vacate } from "./registry.ts";
import { slotCount } from "./slot-count.ts";
import { wakeWaiters } from "./waiters.ts";

/**
 * Takes back what the dead held, then gives up their entries: only of those whose children it looked for itself, since
 * another reaper may have done so before they were dead. A slot that is given to a dead thread after this passed it is the
 * giver's to take back (hand-over.ts).
 *
 * @returns whether there were any; their children are the next
 */
function sweepGeneration(memory: Memory, me: ThreadId): boolean {
	const dead = deadThreads(memory);
	if (dead.length === 0) return false;
	for (const entry of dead) markChildrenDead(memory, entry);
	const count = slotCount(memory);
	let reclaimed = 0;
	for (let slot = 0 as SlotIndex; slot < count; slot++) if (reclaim(memory, slot, me)) reclaimed++;
	for (const entry of dead) vacate(memory, entry);
	tally(memory.words, RECLAIMED, reclaimed);
	wakeWaiters(memory);
	return true;
}

/** Takes back what all dead threads held, their descendants, and those that an earlier reaper died over. */
export function sweep(memory: Memory, me: ThreadId): void {
	for (let depth = 0; depth < MAX_THREADS && sweepGeneration(memory, me); depth++);
}

/** Takes back what a dead thread and its descendants held. */
export function reap(memory: Memory, id: RuntimeId, me: ThreadId): void {
	markDead(memory, id);
	sweep(memory, me);
}
