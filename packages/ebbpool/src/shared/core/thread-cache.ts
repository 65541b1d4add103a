import { add, count, load, peek, swap, wake } from "./atomics.ts";
import { FLUSH_REQUEST } from "./bounds.ts";
import { grow } from "./growth.ts";
import { setHint } from "./hints.ts";
import {
	FLUSH_REQUESTS,
	GROUP_SLOTS,
	ownerAt,
	type SlotIndex,
	stealsAt,
	type ThreadId,
	WAITERS,
} from "./layout.ts";
import type { Memory } from "./memory.ts";
import { claimedBy, freed, handedTo, type OwnerWord, withoutMark } from "./owner-word.ts";
import { FREED_UNHINTED, type Freed, free, LOST, transfer } from "./ownership.ts";
import { NONE, search } from "./search.ts";
import { slotCount } from "./slot-count.ts";
import { wakeWaiters } from "./waiters.ts";

/** What one thread knows of a slot that it owns or owned. */
export interface Holding {
	readonly slot: SlotIndex;
	/** The owner word while the slot is this thread's. */
	word: OwnerWord;
	/** Whether the thread's user has it. */
	held: boolean;
}

/** Where a thread cache gets what it cannot make itself. */
export interface CacheOwner<H extends Holding> {
	/** One that is not held, of this slot. */
	holdingOf(slot: SlotIndex): H;
	/** Slots may be cached from now on: the next flush request has to reach the thread; `seen` are those up to now. */
	opened(seen: number): void;
}

/**
 * One thread's way into the pool: a slot in front, a magazine of slots that stay the thread's own, the slot it freed last,
 * and the search through shared memory, in this order. Slots in the first two are cached: they cost no atomics; other
 * threads cannot take them, and ask by FLUSH_REQUESTS that they be freed.
 *
 * Whatever is called in here may throw, for want of stack, before it did anything. So the calls come first, and what they
 * came to is noted down by assignments alone.
 */
export class ThreadCache<H extends Holding> {
	readonly memory: Memory;
	readonly me: ThreadId;
	readonly #words: Int32Array;
	readonly #zero: boolean;
	readonly #owner: CacheOwner<H>;

	// The explorer puts threads into any state of these.
	protected front: H | undefined;
	/** The first {@link count} are cached. */
	protected readonly magazine: (H | undefined)[] = [];
	protected count = 0;
	/** Slots that may lie in the magazine, beside the one in front; −1: not even that. */
	protected room: number;
	/** Whether what is put may be cached. */
	protected isOpen = false;
	/** The flush requests up to which this thread has answered. */
	protected answered = 0;
	/** The slot this thread freed last, and its FREE word. */
	protected last: H | undefined;
	protected lastWord = 0 as OwnerWord;
	/**
	 * Where to search first: behind the slot found last, since the hints before it are of slots just taken; or a slot that
	 * this thread freed.
	 */
	protected cursor: SlotIndex;
	#paused = false;

	/** @param capacity - how many slots may be cached */
	constructor(memory: Memory, me: ThreadId, capacity: number, owner: CacheOwner<H>) {
		this.memory = memory;
		this.me = me;
		this.room = capacity - 1;
		this.#owner = owner;
		this.#words = memory.words;
		this.#zero = memory.zero;
		this.cursor = ((me - 1) * GROUP_SLOTS) as SlotIndex;
	}

	/** A slot that nobody else has; `undefined` if there is none but what other threads have cached. */
	get(): H | undefined {
		const holding = this.front;
		if (holding === undefined) return this.#getSlow();
		this.front = undefined;
		holding.held = true;
		return holding;
	}

	#getSlow(): H | undefined {
		if (this.count > 0) {
			const holding = this.magazine[--this.count] as H;
			this.magazine[this.count] = undefined;
			holding.held = true;
			return holding;
		}
		const { last } = this;
		if (last !== undefined) {
			const word = claimedBy(this.lastWord, this.me);
			const isClaimed = swap(this.#words, ownerAt(last.slot), this.lastWord, word);
			this.last = undefined;
			if (isClaimed) return hold(last, word);
		}
		return this.#getSearched();
	}

	#getSearched(): H | undefined {
		const { memory, me } = this;
		for (let slots = slotCount(memory); ; ) {
			const found = search(memory, slots, this.cursor, me);
			if (found !== NONE) return this.#holdFound(found);
			const more = grow(memory, slots);
			// Each time round there are more slots than before (I4).
			if (more <= slots) break;
			slots = more;
		}
		this.#requestFlush();
		return undefined;
	}

	/** The search needed more stack than this does. */
	#holdFound(found: SlotIndex): H {
		const words = this.#words;
		const word = withoutMark(load(words, ownerAt(found)) as OwnerWord);
		const holding = this.#owner.holdingOf(found);
		this.cursor = (found + 1) as SlotIndex;
		count(words, stealsAt(this.me));
		return hold(holding, word);
	}

	/** Has the other threads free what they have cached; this one has nothing. */
	#requestFlush(): void {
		const words = this.#words;
		const before = add(words, FLUSH_REQUESTS, FLUSH_REQUEST);
		if (before === this.answered) this.answered = (before + FLUSH_REQUEST) | 0;
		wake(words, FLUSH_REQUESTS);
	}

	/** Gives back a held slot. @returns `false` if its owner word moved on */
	put(holding: H): boolean {
		if (this.#zero) this.memory.wipe(holding.slot);
		if (this.isOpen) {
			if (peek(this.#words, FLUSH_REQUESTS) !== this.answered) this.answerFlushRequest();
			else if (this.front === undefined) {
				this.front = holding;
				holding.held = false;
				return true;
			} else if (this.count < this.room) {
				this.magazine[this.count] = holding;
				this.count++;
				holding.held = false;
				return true;
			}
		}
		return this.#putSlow(holding);
	}

	#putSlow(holding: H): boolean {
		const outcome = this.#free(holding);
		holding.held = false;
		if (outcome === LOST) return false;
		if (outcome === FREED_UNHINTED) setHint(this.memory, holding.slot);
		if (!this.isOpen) this.#open();
		wakeWaiters(this.memory);
		return true;
	}

	#free(holding: H): Freed {
		const { slot, word } = holding;
		const next = freed(word);
		const outcome = free(this.memory, slot, word);
		if (outcome === LOST) return LOST;
		if (this.last !== undefined) this.cursor = this.last.slot;
		this.last = holding;
		this.lastWord = next;
		return outcome;
	}

	/** Lets slots be cached, if there is room for any; not while somebody waits, who would ask for them again at once. */
	#open(): void {
		if (this.room < 0 || this.#paused || peek(this.#words, WAITERS) !== 0) return;
		this.answered = load(this.#words, FLUSH_REQUESTS);
		this.#owner.opened(this.answered);
		this.isOpen = true;
	}

	/**
	 * Frees what is cached if other threads have asked for that since; then nothing is cached until something was put.
	 *
	 * @returns the requests up to now if slots may be cached still
	 */
	answerFlushRequest(): number | undefined {
		if (!this.isOpen) return undefined;
		if (load(this.#words, FLUSH_REQUESTS) === this.answered) return this.answered;
		this.isOpen = false;
		this.flush();
		return undefined;
	}

	/** From now on every slot that is put is freed. */
	pause(): void {
		this.#paused = true;
		this.isOpen = false;
		this.flush();
	}

	/** The thread may cache slots, if it has a magazine. */
	resume(): void {
		this.#paused = false;
		if (!this.isOpen) this.#open();
	}

	/** From now on every slot that is put is freed, for good. */
	close(): void {
		this.room = -1;
		this.pause();
	}

	/** Frees what is cached. */
	flush(): void {
		let any = false;
		for (;;) {
			const holding = this.front ?? (this.count > 0 ? this.magazine[this.count - 1] : undefined);
			if (holding === undefined) break;
			const outcome = this.#free(holding);
			if (this.front !== undefined) this.front = undefined;
			else this.magazine[--this.count] = undefined;
			if (outcome === FREED_UNHINTED) setHint(this.memory, holding.slot);
			any = true;
		}
		if (any) wakeWaiters(this.memory);
	}

	/** How many slots are cached. */
	get cached(): number {
		return this.count + Number(this.front !== undefined);
	}

	/** Makes a slot this thread's that a message names; `undefined` if its owner word moved on. */
	adopt(slot: SlotIndex, word: OwnerWord): H | undefined {
		const holding = this.#owner.holdingOf(slot);
		const next = handedTo(word, this.me);
		if (!transfer(this.memory, slot, word, this.me)) return undefined;
		return hold(holding, next);
	}
}

function hold<H extends Holding>(holding: H, word: OwnerWord): H {
	holding.word = word;
	holding.held = true;
	return holding;
}
