import { store } from "./atomics.ts";
import { recipientAt, type SlotIndex, type ThreadId } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { handedTo, type OwnerWord } from "./owner-word.ts";
import { LOST, transfer } from "./ownership.ts";
import { ALIVE, loadState, NOBODY, type RuntimeId, stateWord } from "./registry.ts";

/**
 * Makes a slot a live thread's. The recipient may die meanwhile, its entry be swept and used again:
 *
 * - RECIPIENT, written before the first look at the recipient's entry, keeps the entry from being used again until the
 *   gift is over: whoever enters looks for recipients after it saw the entry vacant, so one of the two sees the other.
 * - A recipient that is not alive after the gift may have been swept before it: the giver takes the slot back.
 * - A giver that dies in between leaves a slot that names an entry that is not alive, which its own reaper frees (I2).
 *
 * @returns the slot's owner word: the recipient's; or the giver's, if the recipient is not alive; or {@link LOST}: the slot is
 *   not the giver's any more, and was not given
 */
export function giveTo(
	memory: Memory,
	slot: SlotIndex,
	word: OwnerWord,
	recipient: ThreadId,
	id: RuntimeId,
	me: ThreadId,
): OwnerWord | typeof LOST {
	const { words } = memory;
	store(words, recipientAt(me), recipient);
	const result = giveGuarded(memory, slot, word, recipient, id, me);
	store(words, recipientAt(me), NOBODY);
	return result;
}

function giveGuarded(
	memory: Memory,
	slot: SlotIndex,
	word: OwnerWord,
	recipient: ThreadId,
	id: RuntimeId,
	me: ThreadId,
): OwnerWord | typeof LOST {
	const alive = stateWord(id, ALIVE);
	if (loadState(memory, recipient) !== alive) return word;
	if (!transfer(memory, slot, word, recipient)) return LOST;
	const given = handedTo(word, recipient);
	if (loadState(memory, recipient) === alive) return given;
	return transfer(memory, slot, given, me) ? handedTo(given, me) : LOST;
}
