import { clearBits, load, setBits } from "./atomics.ts";
import { bitOf, groupOf, hintAt, ownerAt, type SlotIndex } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { isFree, type OwnerWord } from "./owner-word.ts";

/** Says that the slot is FREE. A claim leaves the hint alone, so a slot in steady use finds it set: one load. */
export function markFree({ words }: Memory, slot: SlotIndex): void {
	const at = hintAt(groupOf(slot));
	const bit = bitOf(slot);
	if ((load(words, at) & bit) === 0) setBits(words, at, bit);
}

/**
 * Takes back a hint that was wrong. Between the look at the owner word and this, the slot may have been freed by a thread
 * that found its hint still set: so look again, after (I6).
 */
export function dropHint({ words }: Memory, slot: SlotIndex): void {
	const at = hintAt(groupOf(slot));
	const bit = bitOf(slot);
	clearBits(words, at, bit);
	if (isFree(load(words, ownerAt(slot)) as OwnerWord)) setBits(words, at, bit);
}
