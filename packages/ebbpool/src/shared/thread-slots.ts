import type { Attachment } from "./attachment.ts";
import { load, wake } from "./core/atomics.ts";
import { FLUSH_REQUESTS, FREED, ownerAt, type SlotIndex, type ThreadId } from "./core/layout.ts";
import { type OwnerWord, ownerOf } from "./core/owner-word.ts";
import type { CacheOwner } from "./core/thread-cache.ts";
import { ThreadCache } from "./core/thread-cache.ts";
import type { PoolMemory } from "./pool-memory.ts";
import { SlotHolding } from "./slot-holding.ts";
import { ChangeWatch } from "./wait-for-change.ts";

/**
 * What one thread has of a pool: its cache, and its holdings, one a slot. Refers to nothing that refers to the pool itself,
 * which can be collected before it.
 */
export class ThreadSlots implements CacheOwner<SlotHolding> {
	readonly cache: ThreadCache<SlotHolding>;
	readonly memory: PoolMemory;
	readonly #attachment: Attachment;
	readonly #holdings: SlotHolding[] = [];
	/** Lets an idle thread answer flush requests while it has something cached. */
	readonly #watch: ChangeWatch;

	constructor(memory: PoolMemory, me: ThreadId, attachment: Attachment) {
		this.memory = memory;
		this.#attachment = attachment;
		this.cache = new ThreadCache(memory, me, memory.description.magazine, this);
		this.#watch = new ChangeWatch(memory.words, FLUSH_REQUESTS, () => this.#answer());
		this.cache.resume();
	}

	holdingOf(slot: SlotIndex): SlotHolding {
		const known = this.#holdings[slot];
		// One that is held is of a slot that was reclaimed from under its user, who must not come to hold it anew.
		if (known !== undefined && !known.held) return known;
		const holding = new SlotHolding(slot, this.cache, this.#attachment, this.memory);
		this.#holdings[slot] = holding;
		return holding;
	}

	/** How many slots the thread's users have. */
	get out(): number {
		// Slots that were reclaimed from under their users, and then got by somebody, are not theirs any more.
		const { memory, me } = this.cache;
		return this.#holdings.filter(
			({ held, slot }) => held && ownerOf(load(memory.words, ownerAt(slot)) as OwnerWord) === me,
		).length;
	}

	opened(seen: number): void {
		this.#watch.waitForChange(seen);
	}

	#answer(): void {
		const seen = this.cache.answerFlushRequest();
		if (seen !== undefined) this.#watch.waitForChange(seen);
	}

	/** Frees what is cached; from now on every slot that is put is freed. Ends all waits, which keep memory. */
	close(): void {
		this.cache.close();
		this.#watch.stop();
		wake(this.memory.words, FLUSH_REQUESTS);
		wake(this.memory.words, FREED);
	}
}
