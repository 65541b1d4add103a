import { test } from "node:test";
import { assert } from "chai";
import type { SlotIndex, ThreadId } from "../../dist/shared/core/layout.js";
import type * as Cache from "../../dist/shared/core/thread-cache.js";
import type * as Waiters from "../../dist/shared/core/waiters.js";
import type * as Handle from "../../dist/shared/handle.js";

const compiled = new URL("../../dist/shared/", import.meta.url);

/** The parts of two threads, in one. */
async function twoCaches(slots: number, magazine: number) {
	const load = async <Module>(name: string): Promise<Module> => import(new URL(`${name}.js`, compiled).href);
	const { createMemory } = await load<typeof Handle>("handle");
	const { ThreadCache } = await load<typeof Cache>("core/thread-cache");
	const { announceWaiter } = await load<typeof Waiters>("core/waiters");
	const memory = createMemory({ slotSize: 8, maxSlots: slots, zero: false, magazine, signature: 0 }, slots);
	const cache = (id: number) => {
		const owner = {
			holdingOf: (slot: SlotIndex) => ({ slot, word: 0 as never, held: false }),
			opened: () => {},
		};
		const made = new ThreadCache(memory, id as ThreadId, magazine, owner);
		made.resume();
		return made;
	};
	return { mine: cache(1), theirs: cache(2), wait: () => announceWaiter(memory) };
}

test("what a thread puts while another one waits is freed, though it was asked before with nothing to give", async () => {
	const { mine, theirs, wait } = await twoCaches(2, 2);
	const blocks = [mine.get(), mine.get()] as NonNullable<ReturnType<typeof mine.get>>[];
	wait();
	assert.isUndefined(theirs.get());
	mine.answerFlushRequest();
	for (const block of blocks) mine.put(block);
	const block = theirs.get();
	assert.isDefined(block);
	theirs.put(block as NonNullable<typeof block>);
});

test("when nobody waits any more, what is put stays with the thread again", async () => {
	const { mine, theirs, wait } = await twoCaches(2, 2);
	const blocks = [mine.get(), mine.get()] as NonNullable<ReturnType<typeof mine.get>>[];
	wait();
	assert.isUndefined(theirs.get());
	for (const block of blocks) mine.put(block);
	const again = [mine.get(), mine.get()] as typeof blocks;
	for (const block of again) mine.put(block);
	assert.isUndefined(theirs.get());
});
