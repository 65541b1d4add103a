import type { SlotIndex, ThreadId } from "../../../dist/shared/core/layout.js";
import type { Memory } from "../../../dist/shared/core/memory.js";
import type { OwnerWord } from "../../../dist/shared/core/owner-word.js";
import type { RuntimeId } from "../../../dist/shared/core/registry.js";
import type { Holding } from "../../../dist/shared/core/thread-cache.js";
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
	/** Whether the search goes on after a violation, elsewhere, and collects what there is. */
	readonly exhaustive?: boolean;
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
	private: number | undefined;
	magazine: number[];
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
	| { readonly name: "answerHunger" }
	| { readonly name: "reap"; readonly id: number; readonly other: number }
	| { readonly name: "enter"; readonly id: number };

/** What an operation did beside its steps. */
export interface Outcome {
	readonly local: Local;
	readonly sent?: Message;
	readonly rejected?: Message;
	/** The slot whose payload, which must be zero, the user wrote at once. */
	readonly wrote?: number;
	readonly violation?: string;
}

interface Block extends Holding {
	content: number;
}

export type Played = { readonly step: Step; readonly frames: Frames } | { readonly outcome: Outcome };

/** Runs operations of the real source for the explorer. */
export class Model {
	readonly core: Core;
	readonly setting: Setting;
	readonly #memory: Memory;

	constructor(core: Core, setting: Setting) {
		this.core = core;
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
			private: undefined,
			magazine: [],
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
		const share = new core.ThreadCache<Block>(memory, me, this.setting.magazine, at);
		const magazine = local.magazine.map(at);
		Object.assign(share, {
			private: local.private === undefined ? undefined : at(local.private),
			magazine,
			inlet: this.setting.magazine > 0 ? magazine : undefined,
			answered: local.answered,
			last: local.last === undefined ? undefined : at(local.last),
			lastWord: local.lastWord,
			cursor: local.cursor,
		});
		const extra = this.#apply(mark, share, at, operation);
		const after: Local = {
			me,
			private: share.private?.slot,
			magazine: share.magazine.map(({ slot }) => slot),
			answered: share.answered,
			last: share.last?.slot,
			lastWord: share.last === undefined ? 0 : share.lastWord,
			cursor: share.cursor,
			blocks: blocks.map(({ slot, word, held, content }) => {
				const owned =
					held || share.private?.slot === slot || share.magazine.some((block) => block.slot === slot);
				// What nothing looks at again is forgotten, so that fewer states differ.
				if (!owned) return { word: share.last?.slot === slot ? word : 0, held: false, content: 0 };
				return { word, held, content: held ? content : 0 };
			}),
		};
		return { local: after, ...extra };
	}

	#apply(
		mark: number,
		share: InstanceType<Core["ThreadCache"]> & { get(): Block | undefined },
		at: (slot: number) => Block,
		operation: Exclude<Operation, { name: "reap" | "enter" }>,
	): Partial<Outcome> {
		switch (operation.name) {
			case "get": {
				const block = share.get() as Block | undefined;
				if (block === undefined) return {};
				block.content = mark + 1;
				return { wrote: block.slot };
			}
			case "put":
				return share.put(at(operation.slot)) ? {} : { violation: "I1: the word of a held slot moved on" };
			case "answerHunger":
				share.answerHunger();
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
					share.me,
				);
				if (word === core.LOST) {
					block.held = false;
					return {};
				}
				if (core.ownerOf(word as OwnerWord) === share.me) {
					block.word = word as OwnerWord;
					return {};
				}
				block.held = false;
				return { sent: { slot: block.slot, word, content: block.content } };
			}
			case "adopt": {
				const { message } = operation;
				const block = share.adopt(message.slot as SlotIndex, message.word as OwnerWord) as Block | undefined;
				if (block === undefined) return { rejected: message };
				block.content = message.content;
				return {};
			}
		}
	}
}
