/**
 * How large things are that the algorithm counts in. The explorer replaces this module by one with tiny figures, so that
 * generations wrap after a few steps and the registry has no more entries than there are threads.
 */

/** Bits of an owner word that hold a {@link ThreadId}. */
export const OWNER_BITS = 10;

/** Threads that may be attached at a time: every id but 0, which stands for nobody. */
export const MAX_THREADS = 2 ** OWNER_BITS - 1;

/** What an owner word's generation grows by, above the owner and one bit more; it wraps with the word, after 2²¹ steps. */
export const GENERATION = 2 ** (OWNER_BITS + 1);

/** What the counter of flush requests grows by. */
export const FLUSH_REQUEST = 1;
