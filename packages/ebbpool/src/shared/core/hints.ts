import { clearBits, load, setBits, swap } from "./atomics.ts";
import { bitOf, groupOf, hintAt, ownerAt, type SlotIndex } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { isFree, isUnhinted, type OwnerWord, unhinted } from "./owner-word.ts";

/** Sets the slot's hint. A claim leaves it set, so a slot in steady use needs this never. */
export function setHint({ words }: Memory, slot: SlotIndex): void {
	const at = hintAt(groupOf(slot));
	const bit = bitOf(slot);
	if ((load(words, at) & bit) === 0) setBits(words, at, bit);
}

/**
 * Takes back the hint of a slot that was found owned, so that the next search passes it by. The owner is told first, by
 * UNHINTED in its word: a word without it can be freed by one compare-and-swap, with no look at the hint. Between the two
 * steps the slot may have been freed and taken anew: so look again, after; a word without UNHINTED has its hint (I6).
 */
export function dropHint(memory: Memory, slot: SlotIndex): void {
	const { words } = memory;
	const at = ownerAt(slot);
	const word = load(words, at) as OwnerWord;
	if (isFree(word)) return;
	// If it moved on, the hint is as good a guess as any.
	if (!isUnhinted(word) && !swap(words, at, word, unhinted(word))) return;
	clearBits(words, hintAt(groupOf(slot)), bitOf(slot));
	if (!isUnhinted(load(words, at) as OwnerWord)) setHint(memory, slot);
}
