import { test } from "node:test";
import { assert } from "chai";
import type * as Steps from "../../dist/shared/core/atomics.js";
import type * as Layout from "../../dist/shared/core/layout.js";
import type { SlotIndex, ThreadId } from "../../dist/shared/core/layout.js";
import type * as Cache from "../../dist/shared/core/thread-cache.js";
import type * as Waiters from "../../dist/shared/core/waiters.js";
import type * as Handle from "../../dist/shared/handle.js";
import { part } from "./support/part.ts";

/** The parts of two threads, in one. */
async function twoCaches(slots: number, magazine: number) {
	const { createMemory } = await part<typeof Handle>("handle");
	const { load } = await part<typeof Steps>("core/atomics");
	const { bitOf, FREED, groupOf, hintAt } = await part<typeof Layout>("core/layout");
	const { ThreadCache } = await part<typeof Cache>("core/thread-cache");
	const { announceWaiter } = await part<typeof Waiters>("core/waiters");
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
	const isHinted = (slot: SlotIndex) => (load(memory.words, hintAt(groupOf(slot))) & bitOf(slot)) !== 0;
	const wakes = () => load(memory.words, FREED);
	return { mine: cache(1), theirs: cache(2), wait: () => announceWaiter(memory), isHinted, wakes };
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

test("what a search passed by while it was cached is found by its hint again when it is freed", async () => {
	const { mine, theirs, isHinted } = await twoCaches(1, 2);
	const block = mine.get() as NonNullable<ReturnType<typeof mine.get>>;
	mine.put(block);
	mine.get();
	mine.put(block);
	assert.strictEqual(mine.cached, 1);
	assert.isUndefined(theirs.get());
	assert.isFalse(isHinted(block.slot));
	mine.answerFlushRequest();
	assert.isTrue(isHinted(block.slot));
});

test("who waits is woken by a thread that frees what it has cached, and by no other", async () => {
	const { mine, theirs, wait, wakes } = await twoCaches(1, 2);
	mine.put(mine.get() as NonNullable<ReturnType<typeof mine.get>>);
	assert.strictEqual(mine.cached, 1);
	const before = wait();
	theirs.flush();
	assert.strictEqual(wakes(), before);
	mine.flush();
	assert.notStrictEqual(wakes(), before);
});

test("a thread that pauses caches nothing more until it resumes, and one that closed nothing ever", async () => {
	const { mine } = await twoCaches(2, 2);
	const putTwo = () => {
		const blocks = [mine.get(), mine.get()] as NonNullable<ReturnType<typeof mine.get>>[];
		for (const block of blocks) mine.put(block);
	};
	putTwo();
	assert.strictEqual(mine.cached, 2);
	mine.pause();
	assert.strictEqual(mine.cached, 0);
	putTwo();
	assert.strictEqual(mine.cached, 0);
	mine.resume();
	putTwo();
	assert.strictEqual(mine.cached, 2);
	mine.close();
	mine.resume();
	putTwo();
	assert.strictEqual(mine.cached, 0);
});
