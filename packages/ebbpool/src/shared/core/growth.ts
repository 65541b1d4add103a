import { swap } from "./atomics.ts";
import { setHint } from "./hints.ts";
import { COUNT, type SlotIndex } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { slotCount } from "./slot-count.ts";
import { wakeWaiters } from "./waiters.ts";

/**
 * Doubles the slots, up to `maxSlots`: memory first, then the count, then the hints. A thread that dies in between leaves
 * memory that the next one finds there, or slots whose hints the scan or the reaper sets.
 *
 * @param searched - how many slots the caller has searched in vain: what is decided here is decided on that number, since
 *   slots that another thread made meanwhile were not searched (I7)
 * @returns how many slots there are to search now; `searched` if there can be no more
 */
export function grow(memory: Memory, searched: number): number {
	if (searched >= memory.maxSlots) return searched;
	const more = Math.min(searched * 2, memory.maxSlots);
	if (!memory.grow(more)) return searched;
	if (!swap(memory.words, COUNT, searched, more)) return slotCount(memory);
	// A thread that takes one meanwhile by the scan frees it without a look at the hint.
	for (let slot = searched as SlotIndex; slot < more; slot++) setHint(memory, slot);
	wakeWaiters(memory);
	return more;
}
