import { load } from "./atomics.ts";
import { changed } from "./changed.ts";
import { HUNGRY } from "./layout.ts";
import type { ThreadShare } from "./thread-share.ts";

/** How often to look whether the pool was dropped meanwhile, in ms. */
const LOOK_AGAIN = 5_000;

/**
 * Lets an idle thread answer the hunger of others. What waits here holds neither the thread's share nor, for longer than
 * {@link LOOK_AGAIN}, the memory: a pool that is dropped can be collected.
 */
export function answerWhenIdle(
	words: Int32Array,
	share: WeakRef<Pick<ThreadShare<never>, "answerHunger">>,
): void {
	const memory = new WeakRef(words);
	const listen = (words: Int32Array): void => {
		void changed(words, HUNGRY, load(words, HUNGRY), LOOK_AGAIN).then(() => {
			const [hungry, words] = [share.deref(), memory.deref()];
			if (hungry === undefined || words === undefined) return;
			hungry.answerHunger();
			listen(words);
		});
	};
	listen(words);
}
