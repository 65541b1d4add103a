import { peek } from "./atomics.ts";
import { dropHint } from "./hints.ts";
import { bitOf, GROUP_SLOTS, groupOf, hintAt, type SlotIndex, type ThreadId } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { tryClaim } from "./ownership.ts";

export const NONE = -1;
/** What a search came to: a slot, now owned by the thread that searched, or {@link NONE}. */
export type Found = SlotIndex | typeof NONE;

/** Takes a slot of this group that one of these hints calls FREE. Each is tried once, however often it comes back (I4). */
function claimHinted(memory: Memory, count: number, group: number, hints: number, me: ThreadId): Found {
	for (let bits = hints; bits !== 0; bits &= bits - 1) {
		const slot = (group * GROUP_SLOTS + 31 - Math.clz32(bits & -bits)) as SlotIndex;
		if (slot < count && tryClaim(memory, slot, me)) return slot;
		dropHint(memory, slot);
	}
	return NONE;
}

/** Takes the first slot whose owner word is FREE, whatever the hints say. */
function claimScanned(memory: Memory, count: number, me: ThreadId): Found {
	for (let slot = 0 as SlotIndex; slot < count; slot++) if (tryClaim(memory, slot, me)) return slot;
	return NONE;
}

/**
 * Takes a FREE slot of the first `count`: by the hints from slot `start` on and round to it, then by the owner words
 * themselves, so that a lost hint costs time and no slot. {@link NONE} says that each of these slots was seen taken, or was
 * taken by another thread, at some time during the search (I7).
 */
export function search(memory: Memory, count: number, start: SlotIndex, me: ThreadId): Found {
	const last = groupOf((count - 1) as SlotIndex);
	let group = groupOf(start) > last ? 0 : groupOf(start);
	// The first group is looked at twice: from `start` on, and at last before it.
	let part = -bitOf(start);
	for (let i = 0; i <= last + 1; i++) {
		// Whatever this reads, old or wrong, costs time and no slot.
		const hints = peek(memory.words, hintAt(group)) & part;
		if (hints !== 0) {
			const found = claimHinted(memory, count, group, hints, me);
			if (found !== NONE) return found;
		}
		group = group === last ? 0 : group + 1;
		part = i < last ? -1 : bitOf(start) - 1;
	}
	return claimScanned(memory, count, me);
}
