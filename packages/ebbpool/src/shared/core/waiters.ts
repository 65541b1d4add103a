import { add, load, peek, store, wake } from "./atomics.ts";
import { FREED, WAITERS } from "./layout.ts";
import type { Memory } from "./memory.ts";

/**
 * To wait: {@link announceWaiter}, search once more, then sleep until FREED is not what was returned. A waker clears
 * WAITERS before it counts, so a waiter whose announcement it wiped out sees FREED move. A plain read that is too old, or
 * a thread that dies in here, loses a wake-up: sleep with a timeout.
 */
export function announceWaiter({ words }: Memory): number {
	const seen = load(words, FREED);
	store(words, WAITERS, 1);
	return seen;
}

export function wakeWaiters({ words }: Memory): void {
	if (peek(words, WAITERS) === 0) return;
	store(words, WAITERS, 0);
	add(words, FREED, 1);
	wake(words, FREED);
}
