import { swap } from "./atomics.ts";
import { setHint } from "./hints.ts";
import { COUNT, type SlotIndex } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { slotCount } from "./slot-count.ts";
import { wakeWaiters } from "./waiters.ts";

/**
 * Doubles the slots, up to `maxSlots`: memory first, then the count, then the hints. Whoever dies in between leaves memory
 * that the next one finds there, or slots whose hints the scan or the reaper sets.
 *
 * @returns `false` if there can be no more slots; `true` if there are more, from this thread or another
 */
export function grow(memory: Memory): boolean {
	const count = slotCount(memory);
	if (count >= memory.maxSlots) return false;
	const more = Math.min(count * 2, memory.maxSlots);
	if (!memory.grow(more)) return false;
	if (!swap(memory.words, COUNT, count, more)) return true;
	// Whoever takes one meanwhile by the scan frees it without a look at the hint.
	for (let slot = count as SlotIndex; slot < more; slot++) setHint(memory, slot);
	wakeWaiters(memory);
	return true;
}
