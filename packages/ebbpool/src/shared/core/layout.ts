import { MAX_THREADS } from "./bounds.ts";

declare const kind: unique symbol;

/** Index of a slot, from 0. */
export type SlotIndex = number & { readonly [kind]: "slot" };

/** Index of a thread's entry in the registry: 1 … {@link MAX_THREADS}. 0 is nobody. */
export type ThreadId = number & { readonly [kind]: "thread" };

/*
 * The memory of a pool, in words of 4 bytes; every offset is computed here.
 *
 *   HEADER    written once by the thread that creates the pool, before anybody else sees it: magic, version, length of a
 *             slot, slots at the begin, slots at most, whether they are zeroed, the layout's hash, magazine; then ID
 *   COUNT     a line of its own: slots that exist; only grows
 *   FLUSH_REQUESTS  a line of its own: counts searches that found nothing; threads then free what they keep cached
 *   FREED     a line of its own: counts wake-ups of threads that wait for a slot; WAITERS beside it: whether any does
 *   RESERVED_IDS    a line of its own: runtime ids given out; RECLAIMED beside it: slots taken back from the dead
 *   REGISTRY  an entry a thread: state, parent, recipient, steals
 *   groups    32 slots each: the hint word alone on a line, then the 32 owner words on a line
 *   payload   page-aligned: the slots
 *
 * Registry and groups have room for `maxSlots` from the start: only the payload grows, so views of words stay valid.
 */

const WORD = 4;
/** Two cache lines of 64 bytes, since processors fetch them in pairs. */
const LINE = 128 / WORD;
const PAGE = 4096;

/** "Ebb1", little-endian: also a check of the byte order. */
export const MAGIC = 0x31626245;
export const VERSION = 1;
export const MAX_SLOTS_LIMIT = 2 ** 20;

/** {@link ID_WORDS} random words that name the pool. */
export const ID = 8;
export const ID_WORDS = 4;

export const COUNT = LINE;
export const FLUSH_REQUESTS = 2 * LINE;
export const FREED = 3 * LINE;
export const WAITERS = FREED + 1;
export const RESERVED_IDS = 4 * LINE;
export const RECLAIMED = RESERVED_IDS + 1;

const REGISTRY = 5 * LINE;
const ENTRY = 16;
const GROUPS = REGISTRY + (MAX_THREADS + 1) * ENTRY;
const GROUP = 2 * LINE;

export const stateAt = (thread: ThreadId): number => REGISTRY + thread * ENTRY;
export const parentAt = (thread: ThreadId): number => REGISTRY + thread * ENTRY + 1;
export const recipientAt = (thread: ThreadId): number => REGISTRY + thread * ENTRY + 2;
export const stealsAt = (thread: ThreadId): number => REGISTRY + thread * ENTRY + 3;

/** Slots a hint word speaks for. */
export const GROUP_SLOTS = 32;

export const groupOf = (slot: SlotIndex): number => slot >> 5;
export const bitOf = (slot: SlotIndex): number => 1 << (slot & 31);
export const hintAt = (group: number): number => GROUPS + group * GROUP;
export const ownerAt = (slot: SlotIndex): number => GROUPS + (slot >> 5) * GROUP + LINE + (slot & 31);

export const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;

/** Distance of two slots in bytes: whole cache lines, so that neighbours of two threads share none. */
export const strideOf = (slotSize: number): number => roundUp(slotSize, 64);

/** Words in front of the payload. */
export const controlWords = (maxSlots: number): number => GROUPS + Math.ceil(maxSlots / GROUP_SLOTS) * GROUP;

/** Where the payload begins, in bytes. */
export const payloadAt = (maxSlots: number): number => roundUp(controlWords(maxSlots) * WORD, PAGE);

/** Length of the whole memory with so many slots, in bytes. */
export const byteLengthOf = (maxSlots: number, slotSize: number, slots: number): number =>
	payloadAt(maxSlots) + slots * strideOf(slotSize);
