import type { ThreadId } from "../../../dist/shared/layout.js";
import type { Local, Message, Model, Operation, Outcome, Setting } from "./model.ts";
import type { Frames, Step } from "./stepped.ts";

/** A thread that is between two operations, in the middle of one, or dead. */
export interface ThreadState {
	readonly index: number;
	/** What the thread's user does: which mark it writes. */
	readonly mark: number;
	readonly local: Local | undefined;
	readonly operation?: Operation;
	readonly frames?: Frames;
	readonly step?: Step;
	/** Steps taken since the operation began. */
	readonly taken: number;
	/** Owner words that are not FREE and that the thread remembers, by slot. */
	readonly remembered: readonly { readonly slot: number; readonly word: number }[];
}

export interface Transition {
	readonly to: ThreadState;
	readonly outcome?: Outcome;
}

/**
 * Each thread as an automaton, made while it is explored: the source runs only for what was not seen before, which is
 * little, since a thread's state does not hold the memory.
 */
export class ThreadTable {
	readonly states: ThreadState[] = [];
	readonly #byKey = new Map<string, ThreadState>();
	readonly #afterResult: Map<number, Transition>[] = [];
	readonly #begun: Map<string, Transition>[] = [];
	readonly #rotated: Map<string, ThreadState>[] = [];
	readonly #model: Model;
	readonly #slotOfWord: ReadonlyMap<number, number>;
	readonly #constants: ReadonlyMap<number, number>;

	constructor(model: Model) {
		this.#model = model;
		const { core, setting } = model;
		this.#slotOfWord = new Map(slotsOf(setting).map((slot) => [core.ownerAt(slot as never), slot]));
		this.#constants = constantsOf(model);
	}

	dead(mark: number): ThreadState {
		return this.#intern({ mark, local: undefined, taken: 0 });
	}

	idle(mark: number, local: Local): ThreadState {
		return this.#intern({ mark, local, taken: 0 });
	}

	begin(state: ThreadState, operation: Operation, local = state.local): Transition {
		const key = JSON.stringify(operation);
		const begun = this.#begun[state.index] as Map<string, Transition>;
		let transition = begun.get(key);
		if (transition === undefined) {
			transition = this.#play(state, local as Local, operation, [[]], undefined, 0);
			begun.set(key, transition);
		}
		return transition;
	}

	advance(state: ThreadState, result: number): Transition {
		const after = this.#afterResult[state.index] as Map<number, Transition>;
		let transition = after.get(result);
		if (transition === undefined) {
			const { local, operation, frames, taken } = state;
			transition = this.#play(
				state,
				local as Local,
				operation as Operation,
				frames as Frames,
				result,
				taken + 1,
			);
			after.set(result, transition);
		}
		return transition;
	}

	/**
	 * Goes on over the steps at words that nobody changes in this setting: no other thread can tell when they are taken, nor
	 * whether they were when the thread dies.
	 */
	#play(
		{ mark }: ThreadState,
		local: Local,
		operation: Operation,
		frames: Frames,
		result: number | undefined,
		taken: number,
	): Transition {
		let played = this.#model.play(mark, local, operation, frames, result);
		while ("step" in played) {
			const constant = this.#constants.get(played.step.at);
			if (constant === undefined) break;
			played = this.#model.play(mark, local, operation, played.frames, constant);
		}
		if ("outcome" in played) {
			return { to: this.#intern({ mark, local: played.outcome.local, taken: 0 }), outcome: played.outcome };
		}
		return { to: this.#intern({ mark, local, operation, ...played, taken }) };
	}

	/** The same thread where a slot's generations are counted from elsewhere: the code only compares them, and counts. */
	rotate(state: ThreadState, slot: number, by: number): ThreadState {
		const { local, operation, frames, step } = state;
		if (local === undefined) return state;
		const rotations = this.#rotated[state.index] as Map<string, ThreadState>;
		const key = `${slot} ${by}`;
		let rotated = rotations.get(key);
		if (rotated === undefined) {
			const turn = (word: number) => (word + by) | 0;
			const at = this.#model.core.ownerAt(slot as never);
			rotated = this.#intern({
				...state,
				local: {
					...local,
					lastWord: local.last === slot ? turn(local.lastWord) : local.lastWord,
					blocks: local.blocks.map((block, i) =>
						i === slot && block.word !== 0 ? { ...block, word: turn(block.word) } : block,
					),
				},
				...(operation && {
					operation:
						operation.name === "adopt" && operation.message.slot === slot
							? { ...operation, message: { ...operation.message, word: turn(operation.message.word) } }
							: operation,
				}),
				...(frames && {
					frames: frames.map((frame) =>
						frame.map((entry) =>
							"at" in entry && entry.at === at && entry.kind !== "swap"
								? { ...entry, value: turn(entry.value) }
								: entry,
						),
					),
				}),
				...(step && {
					step: step.at === at && step.kind === "swap" ? { ...step, a: turn(step.a), b: turn(step.b) } : step,
				}),
			});
			rotations.set(key, rotated);
		}
		return rotated;
	}

	#intern(state: Omit<ThreadState, "index" | "remembered">): ThreadState {
		const { mark, local, operation, frames } = state;
		const key = JSON.stringify([mark, local ?? null, operation ?? null, frames ?? null]);
		const known = this.#byKey.get(key);
		if (known !== undefined) return known;
		const interned: ThreadState = { ...state, index: this.states.length, remembered: this.#remember(state) };
		this.#byKey.set(key, interned);
		this.states.push(interned);
		this.#afterResult.push(new Map());
		this.#begun.push(new Map());
		this.#rotated.push(new Map());
		return interned;
	}

	#remember({ operation, frames }: Omit<ThreadState, "index" | "remembered">): ThreadState["remembered"] {
		const { core } = this.#model;
		const remembered: { slot: number; word: number }[] = [];
		if (operation?.name === "adopt") remembered.push(operation.message);
		for (const entry of frames?.flat() ?? []) {
			if (!("at" in entry) || entry.kind === "swap") continue;
			const slot = this.#slotOfWord.get(entry.at);
			if (slot !== undefined && !core.isFree(entry.value as never))
				remembered.push({ slot, word: entry.value });
		}
		return remembered;
	}
}

export const slotsOf = ({ slots }: Setting): number[] => Array.from({ length: slots }, (_, slot) => slot);

export const sameMessage = (one: Message, other: Message): boolean =>
	one.slot === other.slot && one.word === other.word;

/** The words that keep their value in a setting, or whose value nobody reads. */
function constantsOf({ core, setting }: Model): Map<number, number> {
	const constants = new Map([[core.WAITERS, 0]]);
	if (setting.initialSlots === undefined) constants.set(core.COUNT, setting.slots);
	if (setting.magazine === 0) constants.set(core.HUNGRY, 0);
	if (setting.rebirths !== undefined) return constants;
	for (let mark = 0; mark < setting.threads; mark++) {
		const id = (mark + 1) as ThreadId;
		constants.set(core.parentAt(id), parentOf(setting, mark));
		if (!setting.gifts) constants.set(core.recipientAt(id), 0);
	}
	return constants;
}

/** The runtime id of a thread's parent at the begin. */
export const parentOf = ({ deaths }: Setting, mark: number): number => (deaths === "parent" ? mark : 0);
