import { HUNGRY } from "./core/layout.ts";
import type { ThreadCache } from "./core/thread-cache.ts";
import { waitForChange } from "./wait-for-change.ts";

/** How often to look whether the pool was dropped meanwhile, in ms. */
const LOOK_AGAIN = 5_000;

/**
 * Lets an idle thread answer the hunger of others. What waits here holds neither the thread's share nor, for longer than
 * {@link LOOK_AGAIN}, the memory: a pool that is dropped can be collected.
 */
export function answerWhenIdle(share: WeakRef<Pick<ThreadCache<never>, "memory" | "answerHunger">>): void {
	const hungry = share.deref();
	if (hungry === undefined) return;
	// From what was seen on: whoever starves from then on is heard.
	void waitForChange(hungry.memory.words, HUNGRY, hungry.answerHunger(), LOOK_AGAIN).then(() =>
		answerWhenIdle(share),
	);
}
