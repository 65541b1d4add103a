import type { SlotIndex, ThreadId } from "../../../dist/shared/core/layout.js";
import type { Memory } from "../../../dist/shared/core/memory.js";
import type { OwnerWord } from "../../../dist/shared/core/owner-word.js";
import type { RuntimeId } from "../../../dist/shared/core/registry.js";
import type { CacheOwner, Holding, ThreadCache } from "../../../dist/shared/core/thread-cache.js";
import type { Core } from "./load-core.ts";
import { type Frames, player, type Step } from "./stepped.ts";

/** What is explored. */
export interface Setting {
	readonly threads: number;
	readonly slots: number;
	/** Slots at the begin, if they grow to `slots`. */
	readonly initialSlots?: number;
	readonly crashes: number;
	/** The threads that may die by themselves and come back, if not all. */
	readonly mortal?: readonly number[];
	/** How many of the dead come back as new threads, under the id of a swept one. */
	readonly rebirths?: number;
	/** Slots that a thread may keep for itself. */
	readonly magazine: number;
	/** Messages that may be under way at a time. */
	readonly messages: number;
	/** Whether slots are also given to a thread by name. */
	readonly gifts?: boolean;
	/** Slots that one thread's user holds at most. */
	readonly held: number;
	/** Who hears of a death: each live thread, or the parent. */
	readonly deaths: "all" | "parent";
	/** By thread: the one whose child it is, and with which it dies. */
	readonly parents?: readonly (number | undefined)[];
	/** What each thread does, if not everything: fewer states where one story is looked for. */
	readonly roles?: readonly (readonly Operation["name"][])[];
	/** Whether each state of an operation is explored for itself: only to see that the reductions are right. */
	readonly unreduced?: boolean;
	/** Whether I7 is left out: only to tell how many states it costs. */
	readonly withoutRefusals?: boolean;
	/** Whether the search goes on after a violation, elsewhere, and collects what there is. */
	readonly exhaustive?: boolean;
	/** Instead of visiting all states: walks at random from the begin, of so many steps each. */
	readonly walks?: { readonly count: number; readonly steps: number; readonly seed: number };
	/** Stop after so many states. */
	readonly limit?: number;
}

/** Word index that stands for a slot's payload. */
export const PAYLOAD = 2 ** 24;

export interface BlockState {
	word: number;
	held: boolean;
	/** What the payload must be while the slot is held. */
	content: number;
}

/** What one thread knows between two operations. */
export interface Local {
	readonly me: number;
	/** The slot in front; then those in the magazine. */
	front: number | undefined;
	magazine: number[];
	isOpen: boolean;
	answered: number;
	last: number | undefined;
	lastWord: number;
	cursor: number;
	blocks: BlockState[];
}

export interface Message {
	readonly slot: number;
	readonly word: number;
	readonly content: number;
}

export type Operation =
	| { readonly name: "get" }
	| { readonly name: "put" | "give"; readonly slot: number }
	| {
			readonly name: "giveTo";
			readonly slot: number;
			readonly to: number;
			readonly id: number;
			/** The recipient's mark. */
			readonly other: number;
	  }
	| { readonly name: "adopt"; readonly message: Message }
	| { readonly name: "answerFlushRequest" }
	| { readonly name: "reap"; readonly id: number; readonly other: number }
	| { readonly name: "enter"; readonly id: number };

/** What an operation did beside its steps. */
export interface Outcome {
	readonly local: Local;
	readonly sent?: Message;
	readonly rejected?: Message;
	/** The slot whose payload, which must be zero, the user wrote at once. */
	readonly wrote?: number;
	/** Whether a get found no slot. */
	readonly refused?: true;
	readonly violation?: string;
}

interface Block extends Holding {
	content: number;
}

/** A cache that can be put into any state. */
interface OpenCache extends ThreadCache<Block> {
	restore(local: Local, at: (slot: number) => Block): void;
	save(blocks: readonly Block[]): Local;
}

type OpenCacheClass = new (
	memory: Memory,
	me: ThreadId,
	capacity: number,
	owner: CacheOwner<Block>,
) => OpenCache;

function openCacheClass({ ThreadCache }: Core): OpenCacheClass {
	return class extends ThreadCache<Block> implements OpenCache {
		restore(local: Local, at: (slot: number) => Block): void {
			this.front = local.front === undefined ? undefined : at(local.front);
			for (const [i, slot] of local.magazine.entries()) this.magazine[i] = at(slot);
			this.count = local.magazine.length;
			this.isOpen = local.isOpen;
			this.answered = local.answered;
			this.last = local.last === undefined ? undefined : at(local.last);
			this.lastWord = local.lastWord as OwnerWord;
			this.cursor = local.cursor as SlotIndex;
		}

		save(blocks: readonly Block[]): Local {
			const magazine = this.magazine.slice(0, this.count).map((block) => (block as Block).slot);
			const { front, last } = this;
			return {
				me: this.me,
				front: front?.slot,
				magazine,
				isOpen: this.isOpen,
				// Looked at only while it is open.
				answered: this.isOpen ? this.answered : 0,
				last: last?.slot,
				lastWord: last === undefined ? 0 : this.lastWord,
				cursor: this.cursor,
				blocks: blocks.map(({ slot, word, held, content }) => {
					const isOwned = held || front?.slot === slot || magazine.includes(slot);
					// What nothing looks at again is forgotten, so that fewer states differ.
					if (!isOwned) return { word: last?.slot === slot ? word : 0, held: false, content: 0 };
					return { word, held, content: held ? content : 0 };
				}),
			};
		}
	};
}

export type Played = { readonly step: Step; readonly frames: Frames } | { readonly outcome: Outcome };

/** Runs operations of the real source for the explorer. */
export class Model {
	readonly core: Core;
	readonly setting: Setting;
	readonly #memory: Memory;
	readonly #Cache: OpenCacheClass;

	constructor(core: Core, setting: Setting) {
		this.core = core;
		this.#Cache = openCacheClass(core);
		this.setting = setting;
		this.#memory = {
			words: new Int32Array(0),
			maxSlots: setting.slots,
			zero: true,
			wipe: (slot) => void player.step("store", PAYLOAD + slot, 0, 0),
			grow: () => true,
		};
	}

	newLocal(me: number): Local {
		const { slots } = this.setting;
		return {
			me,
			front: undefined,
			magazine: [],
			isOpen: this.setting.magazine > 0,
			answered: 0,
			last: undefined,
			lastWord: 0,
			cursor: 0,
			blocks: Array.from({ length: slots }, () => ({ word: 0, held: false, content: 0 })),
		};
	}

	/** Plays one operation up to its next step, or to its end. */
	play(mark: number, local: Local, operation: Operation, frames: Frames, result: number | undefined): Played {
		const played = player.play(frames, result, () => this.#run(mark, local, operation));
		return "step" in played ? played : { outcome: played.done };
	}

	#run(mark: number, local: Local, operation: Operation): Outcome {
		const { core } = this;
		const memory = this.#memory;
		const me = local.me as ThreadId;
		if (operation.name === "reap") {
			core.reap(memory, operation.id as RuntimeId, me);
			return { local };
		}
		if (operation.name === "enter") {
			const entered = core.enter(memory, operation.id as RuntimeId, core.NOBODY);
			if (entered !== core.NOBODY) return { local: this.newLocal(entered) };
			return { local };
		}
		const blocks = local.blocks.map<Block>((state, slot) => ({ slot: slot as SlotIndex, ...state }) as Block);
		const at = (slot: number) => blocks[slot] as Block;
		const owner = { holdingOf: at, opened: () => {} };
		const cache = new this.#Cache(memory, me, this.setting.magazine, owner);
		cache.restore(local, at);
		const extra = this.#apply(mark, cache, at, operation);
		return { local: cache.save(blocks), ...extra };
	}

	#apply(
		mark: number,
		cache: OpenCache,
		at: (slot: number) => Block,
		operation: Exclude<Operation, { name: "reap" | "enter" }>,
	): Partial<Outcome> {
		switch (operation.name) {
			case "get": {
				const block = cache.get();
				if (block === undefined) return { refused: true };
				block.content = mark + 1;
				return { wrote: block.slot };
			}
			case "put":
				return cache.put(at(operation.slot)) ? {} : { violation: "I1: the word of a held slot moved on" };
			case "answerFlushRequest":
				cache.answerFlushRequest();
				return {};
			case "give": {
				const block = at(operation.slot);
				block.held = false;
				return { sent: { slot: block.slot, word: block.word, content: block.content } };
			}
			case "giveTo": {
				const block = at(operation.slot);
				const { core } = this;
				const { to, id } = operation;
				const word = core.giveTo(
					this.#memory,
					block.slot,
					block.word,
					to as ThreadId,
					id as RuntimeId,
					cache.me,
				);
				if (word === core.LOST) {
					block.held = false;
					return {};
				}
				if (core.ownerOf(word as OwnerWord) === cache.me) {
					block.word = word as OwnerWord;
					return {};
				}
				block.held = false;
				return { sent: { slot: block.slot, word, content: block.content } };
			}
			case "adopt": {
				const { message } = operation;
				const block = cache.adopt(message.slot as SlotIndex, message.word as OwnerWord);
				if (block === undefined) return { rejected: message };
				block.content = message.content;
				return {};
			}
		}
	}
}
