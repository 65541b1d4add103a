import { load } from "./atomics.ts";
import { COUNT } from "./layout.ts";
import type { Memory } from "./memory.ts";

/** How many slots exist; never more than there are words for, whatever the memory says. */
export function slotCount({ words, maxSlots }: Memory): number {
	return Math.min(Math.max(load(words, COUNT), 0), maxSlots);
}
