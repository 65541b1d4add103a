import { load, swap } from "./atomics.ts";
import { ownerAt, type SlotIndex, type ThreadId } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { claimedBy, freed, handedTo, isFree, type OwnerWord, unhinted } from "./owner-word.ts";

/*
 * ONE POOL FOR ALL THREADS: owner words are the truth, hints are a guess, magazines are the speed.
 *
 * Each slot has an owner word: a generation and the id of the thread that owns the slot, or 0 for FREE. To take a slot is
 * one compare-and-swap of that word, and the word is at once the record of who took it: a thread may die between any two
 * instructions, and nothing it held is without a name. Sources: the owner cells of iceoryx2's RobustUniqueIndexSet, and
 * HikariCP's ConcurrentBag, whose entries never leave the list and are claimed in place. New here: hints that may lie, a
 * reaper that may die, hand-over by generation.
 *
 *                   claim: (g, 0) → (g, me)                      adopt, revoke: (g, a) → (g+1, me)
 *      ┌────── FREE ───────────────────────────▶ owned by me ◀───────────────────────── owned by a
 *      │        ▲ ▲                                │    │                                   │
 *      │        │ └── release: (g, me) → (g+1, 0) ─┘    └─ give to b: (g, me) → (g+1, b)     │
 *   hint bit    │                                                                            │ a died
 *   set after   └────── (g, reaper) → (g+1, 0), payload zeroed ◀──── (g, a) → (g+1, reaper) ─┘
 *
 * Invariants. The explorer in test/shared checks them in every state that it reaches.
 *
 *   I1  A slot has at most one live holder. Only the owner touches the payload, zeroing included: so the reaper takes a
 *       slot before it zeroes it, and zeroes it before it frees it.
 *   I2  No slot is without a name: each is FREE, or owned by a thread that has an entry in the registry. A word that names
 *       an entry that is not ALIVE is taken back by the next reaper.
 *   I3  Reclaiming is idempotent and can be restarted: a reaper that dies leaves words that name the dead or itself.
 *   I4  From every state each live thread finishes what it does in a bounded number of its own steps: no step is tried
 *       again because another thread came first.
 *   I5  At rest the FREE slots and the owned ones make up all slots.
 *   I6  At rest, with all dead threads swept, every FREE slot has its hint.
 *   I7  A thread is refused only if every slot that exists was seen taken at some time during its search. So to grow or to
 *       refuse is decided on the number of slots that was searched with (growth.ts), not on a newer one.
 *
 * The shared words:
 *
 *   word          written by                      read by            transitions
 *   owner         claim: anyone. release, give:   search, reaper     as drawn. The generation grows with every change of
 *                 the owner. adopt: anyone with                      owner except the claim: no word comes back before
 *                 the word from a message.                           2²¹ of them
 *                 reaper: if the owner is dead
 *   hint          release, growth, reaper: set.   search             any bit either way; who clears one looks at the owner
 *                 search: clear                                      word afterwards (hints.ts)
 *   state         claim of an entry: anyone.      reaper, give,      VACANT → CLAIMING → ALIVE → DEAD → VACANT, the
 *                 DEAD: who knows of the death    registry           runtime id with it (registry.ts)
 *   parent        who claims the entry            reaper             only while CLAIMING, or by the parent itself
 *   recipient     the thread itself               registry           0 → id → 0, around a gift (hand-over.ts)
 *   COUNT         growth                          all                only grows
 *   FLUSH_REQUESTS  a search that found nothing   every put          only counts; wraps
 *   FREED         release, growth, reaper         waiting threads    only counts; wraps
 *   WAITERS       waiting threads: 1. A waker: 0  release            0 ↔ 1 (waiters.ts)
 */

/** Takes the slot if it is FREE; never tries twice (I4). */
export function tryClaim(memory: Memory, slot: SlotIndex, me: ThreadId): boolean {
	const { words } = memory;
	const at = ownerAt(slot);
	const word = load(words, at) as OwnerWord;
	return isFree(word) && swap(words, at, word, claimedBy(word, me));
}

/** The owner word moved on: the slot is not this thread's any more. */
export const LOST = 0;
export const FREED = 1;
/** The slot is FREE, and its hint was taken back: the caller has to set it. */
export const FREED_UNHINTED = 2;
export type Freed = typeof LOST | typeof FREED | typeof FREED_UNHINTED;

/**
 * Frees a slot that this thread owns; its payload is as the next user shall find it. It only frees, and the caller sets the
 * hint, if need be, after it has noted down that the slot is gone: so a stack that overflows in between costs a hint.
 *
 * @param word - as remembered, without UNHINTED
 */
export function free(memory: Memory, slot: SlotIndex, word: OwnerWord): Freed {
	const { words } = memory;
	const at = ownerAt(slot);
	if (swap(words, at, word, freed(word))) return FREED;
	// A search can set UNHINTED, once: so the second try is the last (I4). A thread that dies right after it leaves a FREE
	// slot without hint, which the reaper sets (I6).
	return swap(words, at, unhinted(word), freed(word)) ? FREED_UNHINTED : LOST;
}

/**
 * Makes the slot somebody's, in a new generation, so that every word that a message or handle remembers is used up.
 *
 * @param word - as remembered, without UNHINTED
 * @returns `false` if the owner word moved on
 */
export function transfer(memory: Memory, slot: SlotIndex, word: OwnerWord, to: ThreadId): boolean {
	const { words } = memory;
	const at = ownerAt(slot);
	const next = handedTo(word, to);
	return swap(words, at, word, next) || swap(words, at, unhinted(word), unhinted(next));
}
