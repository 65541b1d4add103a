import { load } from "./atomics.ts";
import { setHint } from "./hints.ts";
import { ownerAt, type SlotIndex, type ThreadId } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { handedTo, isFree, isUnhinted, type OwnerWord, ownerOf, withoutMark } from "./owner-word.ts";
import { FREED_UNHINTED, free, transfer } from "./ownership.ts";
import { ALIVE, loadState, stateOf } from "./registry.ts";

/**
 * Frees a slot whose owner is not alive. The owner's entry is read after the owner word: a thread that got the entry later
 * cannot own the slot by that word. Taken first, then zeroed, then freed: another reaper, delayed between two of these
 * steps, never touches a payload that has a new owner (I1), and if this one dies, the slot is its own (I2, I3).
 *
 * @returns whether this call took the slot back
 */
export function reclaim(memory: Memory, slot: SlotIndex, me: ThreadId): boolean {
	const word = load(memory.words, ownerAt(slot)) as OwnerWord;
	// Whoever freed the slot, made it, or took back its hint, may have died before it set the hint (I6).
	if (!isUnhinted(word)) setHint(memory, slot);
	if (isFree(word)) return false;
	const owner = ownerOf(word);
	if (owner === me || stateOf(loadState(memory, owner)) === ALIVE) return false;
	if (!transfer(memory, slot, withoutMark(word), me)) return false;
	if (memory.zero) memory.wipe(slot);
	if (free(memory, slot, handedTo(word, me)) === FREED_UNHINTED) setHint(memory, slot);
	return true;
}
