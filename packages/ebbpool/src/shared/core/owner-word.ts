import { GENERATION, OWNER_BITS } from "./bounds.ts";
import type { SlotIndex, ThreadId } from "./layout.ts";

declare const kind: unique symbol;

/**
 * Who owns a slot: a generation in the upper bits, then {@link UNHINTED}, then a {@link ThreadId} (0: FREE). What threads
 * and messages remember of a word is without UNHINTED.
 */
export type OwnerWord = number & { readonly [kind]: "owner" };

const OWNER_MASK = 2 ** OWNER_BITS - 1;
/** Set while the slot is owned: its hint was taken back, so whoever frees the slot has to set it. */
const UNHINTED = 2 ** OWNER_BITS;
const GENERATION_MASK = ~(OWNER_MASK | UNHINTED);

export const ownerOf = (word: OwnerWord): ThreadId => (word & OWNER_MASK) as ThreadId;
export const isFree = (word: OwnerWord): boolean => (word & OWNER_MASK) === 0;
export const isUnhinted = (word: OwnerWord): boolean => (word & UNHINTED) !== 0;

export const unhinted = (word: OwnerWord): OwnerWord => (word | UNHINTED) as OwnerWord;
export const withoutMark = (word: OwnerWord): OwnerWord => (word & ~UNHINTED) as OwnerWord;

/** A FREE word, claimed: the same generation. */
export const claimedBy = (word: OwnerWord, thread: ThreadId): OwnerWord => (word | thread) as OwnerWord;

/** The next generation, FREE. */
export const freed = (word: OwnerWord): OwnerWord =>
	(((word & GENERATION_MASK) + GENERATION) | 0) as OwnerWord;

/** The next generation, somebody else's. */
export const handedTo = (word: OwnerWord, thread: ThreadId): OwnerWord =>
	(((word & GENERATION_MASK) + GENERATION) | thread) as OwnerWord;

const WORDS = 2 ** 32;

/**
 * A slot and its owner word as one number that a message carries: at most 2⁵², exact in a double.
 *
 * @param key - the pool's, a random word: what is no message of this pool names no owner word, but by chance
 */
export const toMessage = (slot: SlotIndex, word: OwnerWord, key: number): number =>
	slot * WORDS + ((word ^ key) >>> 0);

export const slotOfMessage = (message: number): SlotIndex => Math.floor(message / WORDS) as SlotIndex;
export const wordOfMessage = (message: number, key: number): OwnerWord => ((message | 0) ^ key) as OwnerWord;
