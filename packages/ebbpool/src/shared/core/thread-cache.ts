import { add, count, load, peek, swap, wake } from "./atomics.ts";
import { HUNGER } from "./bounds.ts";
import { grow } from "./growth.ts";
import { GROUP_SLOTS, HUNGRY, ownerAt, type SlotIndex, stealsAt, type ThreadId, WAITERS } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { claimedBy, freed, handedTo, type OwnerWord, withoutMark } from "./owner-word.ts";
import { release, transfer } from "./ownership.ts";
import { NONE, search } from "./search.ts";
import { wakeWaiters } from "./waiters.ts";

/** What one thread knows of a slot that it owns or owned; one object a slot. */
export interface Holding {
	readonly slot: SlotIndex;
	/** The owner word while the slot is this thread's. */
	word: OwnerWord;
	/** Whether the thread's user has it. */
	held: boolean;
}

/**
 * One thread's way into the pool: a private slot, a magazine of slots that stay the thread's own, the slot it freed last,
 * and the search through shared memory, in this order. Slots in the first two cost no atomics; other threads cannot take
 * them, and say through HUNGRY that they should be freed.
 */
export class ThreadCache<Block extends Holding> {
	readonly memory: Memory;
	readonly me: ThreadId;
	/** Slots that may lie in the magazine, beside the private one; −1: not even that. */
	room: number;
	readonly blockOf: (slot: SlotIndex) => Block;
	readonly #words: Int32Array;
	readonly #zero: boolean;

	private: Block | undefined;
	readonly magazine: Block[] = [];
	/** The magazine, while slots may go there and to the private place. */
	inlet: Block[] | undefined;
	/** The hunger that this thread has answered. */
	answered = 0;
	/** The slot this thread freed last, and its FREE word. */
	last: Block | undefined;
	lastWord = 0 as OwnerWord;
	/**
	 * Where to search first: behind the slot found last, since the hints before it are of slots just taken; or a slot that
	 * this thread freed.
	 */
	cursor: SlotIndex;

	constructor(memory: Memory, me: ThreadId, capacity: number, blockOf: (slot: SlotIndex) => Block) {
		this.memory = memory;
		this.me = me;
		this.room = capacity - 1;
		this.blockOf = blockOf;
		this.#words = memory.words;
		this.#zero = memory.zero;
		this.cursor = ((me - 1) * GROUP_SLOTS) as SlotIndex;
		this.resume();
	}

	/** A slot that nobody else has; `undefined` if there is none but in other threads' magazines. */
	get(): Block | undefined {
		const block = this.private;
		if (block === undefined) return this.getSlow();
		this.private = undefined;
		block.held = true;
		return block;
	}

	getSlow(): Block | undefined {
		if (this.magazine.length > 0) {
			const block = this.magazine.pop() as Block;
			block.held = true;
			return block;
		}
		const last = this.last;
		if (last !== undefined) {
			this.last = undefined;
			const word = claimedBy(this.lastWord, this.me);
			if (swap(this.#words, ownerAt(last.slot), this.lastWord, word)) {
				last.word = word;
				last.held = true;
				return last;
			}
		}
		return this.getSearched();
	}

	getSearched(): Block | undefined {
		const { memory, me } = this;
		let found = search(memory, this.cursor, me);
		// Each time round there are more slots than before (I4).
		while (found === NONE && grow(memory)) found = search(memory, this.cursor, me);
		if (found === NONE) return this.#starve();
		this.cursor = (found + 1) as SlotIndex;
		count(this.#words, stealsAt(me));
		return this.#hold(this.blockOf(found), withoutMark(load(this.#words, ownerAt(found)) as OwnerWord));
	}

	#starve(): undefined {
		add(this.#words, HUNGRY, HUNGER);
		wake(this.#words, HUNGRY);
	}

	#hold(block: Block, word: OwnerWord): Block {
		block.word = word;
		block.held = true;
		return block;
	}

	/** Gives back a held slot. @returns `false` if its owner word moved on */
	put(block: Block): boolean {
		block.held = false;
		if (this.#zero) this.memory.wipe(block.slot);
		const inlet = this.inlet;
		if (inlet !== undefined) {
			if (peek(this.#words, HUNGRY) !== this.answered) this.answerHunger();
			else if (this.private === undefined) {
				this.private = block;
				return true;
			} else if (inlet.length < this.room) {
				inlet.push(block);
				return true;
			}
		}
		return this.#free(block);
	}

	/** From now on every slot that is put is freed. */
	pause(): void {
		this.inlet = undefined;
		this.flush();
	}

	/** The thread may keep slots for itself, if it has a magazine. */
	resume(): void {
		if (this.room < 0) return;
		this.inlet = this.magazine;
		this.answered = peek(this.#words, HUNGRY);
	}

	/** From now on every slot that is put is freed, for good. */
	close(): void {
		this.room = -1;
		this.pause();
	}

	/**
	 * Frees what the thread keeps for itself if others have starved since it did so last. As long as somebody waits, that is
	 * not answered for good: what is put next is freed, too.
	 *
	 * @returns the hunger up to now
	 */
	answerHunger(): number {
		const hungry = load(this.#words, HUNGRY);
		if (hungry !== this.answered) {
			if (peek(this.#words, WAITERS) === 0) this.answered = hungry;
			this.flush();
		}
		return hungry;
	}

	/** Frees what the thread keeps for itself. */
	flush(): void {
		const block = this.private;
		this.private = undefined;
		if (block !== undefined) this.magazine.push(block);
		for (let kept = this.magazine.pop(); kept !== undefined; kept = this.magazine.pop()) this.#free(kept);
	}

	#free(block: Block): boolean {
		const { memory } = this;
		const { word } = block;
		if (!release(memory, block.slot, word)) return false;
		if (this.last !== undefined) this.cursor = this.last.slot;
		this.last = block;
		this.lastWord = freed(word);
		wakeWaiters(memory);
		return true;
	}

	/** Makes a slot this thread's that a message names; `undefined` if its owner word moved on. */
	adopt(slot: SlotIndex, word: OwnerWord): Block | undefined {
		if (!transfer(this.memory, slot, word, this.me)) return undefined;
		return this.#hold(this.blockOf(slot), handedTo(word, this.me));
	}
}
