import { peek } from "./atomics.ts";
import { dropHint } from "./hints.ts";
import { bitOf, GROUP_SLOTS, groupOf, hintAt, type SlotIndex, type ThreadId } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { tryClaim } from "./ownership.ts";
import { slotCount } from "./slot-count.ts";

export const NONE = -1;
/** What a search came to: a slot, now owned by the thread that searched, or {@link NONE}. */
export type Found = SlotIndex | typeof NONE;

/** Takes a slot of this group that one of these hints calls FREE. Each is tried once, however often it comes back (I4). */
function claimHinted(memory: Memory, count: number, group: number, hints: number, me: ThreadId): Found {
	// Whatever this reads, old or wrong, costs time and no slot.
	let bits = peek(memory.words, hintAt(group)) & hints;
	while (bits !== 0) {
		const slot = (group * GROUP_SLOTS + 31 - Math.clz32(bits & -bits)) as SlotIndex;
		if (slot < count && tryClaim(memory, slot, me)) return slot;
		dropHint(memory, slot);
		bits &= bits - 1;
	}
	return NONE;
}

/** Takes the first slot whose owner word is FREE, whatever the hints say. */
function claimScanned(memory: Memory, first: number, count: number, me: ThreadId): Found {
	for (let i = 0; i < count; i++) {
		const slot = ((first + i) % count) as SlotIndex;
		if (tryClaim(memory, slot, me)) return slot;
	}
	return NONE;
}

/**
 * Takes a FREE slot: by the hints from slot `start` on and round to it, then by the owner words themselves, so that a lost
 * hint costs time and no slot. {@link NONE} says that each slot was seen taken, or was taken by another thread, at some time during the search.
 */
export function search(memory: Memory, start: SlotIndex, me: ThreadId): Found {
	const count = slotCount(memory);
	const last = groupOf((count - 1) as SlotIndex);
	let group = groupOf(start) > last ? 0 : groupOf(start);
	const later = -bitOf(start);
	let found = claimHinted(memory, count, group, later, me);
	for (let i = 0; found === NONE && i <= last; i++) {
		group = group === last ? 0 : group + 1;
		found = claimHinted(memory, count, group, i === last ? ~later : -1, me);
	}
	return found === NONE ? claimScanned(memory, start, count, me) : found;
}
