/** A timer that is this late, in milliseconds, found the event loop busy. */
const LATE = 2;

/**
 * Whether a timer that was to fire at `time` is so late that what it waits for may be there, unread: the host's `afterInput`
 * comes first then.
 */
export const isLate = (time: number, now: number): boolean => now - time > LATE;
