import type { Domain, Domains } from "./domains.ts";
import { aged, generationOf } from "./generations.ts";
import { agedLocal, agedMessage, agedOperation } from "./local.ts";
import type { Local, Model, Operation, Outcome } from "./model.ts";
import type { Frames, Step } from "./stepped.ts";

/** Steps within which each operation must end, whatever the others do: far above what the longest takes. */
export const MAX_STEPS = 100;

/** An operation, and all that it got to see of its thread in the beginning. */
interface Beginning {
	readonly number: number;
	readonly mark: number;
	readonly operation: Operation;
	readonly local: Local;
	/** By slot: the same when a generation of the slot is over; as far as known. */
	readonly ageing: Beginning[];
}

/** A thread in the middle of an operation, before a step; or at the end of one. */
export interface OperationState {
	readonly beginning: Beginning;
	/** Steps taken since then. */
	readonly taken: number;
	/** The least number that a word which only grows may have, after what was seen of it. */
	readonly floor: number;
	readonly at: { readonly step: Step; readonly frames: Frames } | { readonly outcome: Outcome };
	/** By the number of the value that the step finds, and by slot; as far as known. */
	readonly moves: (Move | undefined)[];
	readonly ageing: OperationState[];
}

/** What a step does. */
export interface Move {
	readonly to: OperationState;
	/** The number of the value that it writes, if it does. */
	readonly value: number | undefined;
	/** The slot that begins a new generation with that. */
	readonly renews: number | undefined;
}

/** Runs operations of the source step by step; equal states are one object. */
export class OperationStates {
	readonly #model: Model;
	readonly #domains: Domains;
	readonly #beginnings = new Map<string, Beginning>();
	readonly #states = new Map<string, OperationState>();

	constructor(model: Model, domains: Domains) {
		this.#model = model;
		this.#domains = domains;
	}

	begin(mark: number, operation: Operation, local: Local): OperationState {
		return this.#play(this.#beginning(mark, operation, local), 0, 0, [[]], undefined);
	}

	/** What the step does when it finds the value of this number in its word; nothing: it cannot. */
	take(state: OperationState, domain: Domain, number: number): Move | undefined {
		if (domain.grows && number < state.floor) return undefined;
		state.moves[number] ??= this.#take(state, domain, number);
		return state.moves[number];
	}

	#take({ beginning, taken, floor, at }: OperationState, domain: Domain, number: number): Move {
		const { step, frames } = at as { step: Step; frames: Frames };
		const { kind, a, b } = step;
		const before = domain.values[number] as number;
		const writes = kind === "swap" && before === a;
		const seen = writes && domain.grows ? this.#domains.include(domain, b) : number;
		const least = domain.grows ? seen : floor;
		const advance = (result: number) => this.#play(beginning, taken + 1, least, frames, result);
		switch (kind) {
			case "load":
			case "peek":
				return { to: advance(before), value: undefined, renews: undefined };
			case "swap":
				if (!writes) return { to: advance(0), value: undefined, renews: undefined };
				return this.#write(advance(1), domain, before, b);
			case "store":
				return this.#write(advance(0), domain, before, a);
			case "add":
				return this.#write(advance(before), domain, before, (before + a) | 0);
			case "or":
				return this.#write(advance(0), domain, before, before | a);
			case "and":
				return this.#write(advance(0), domain, before, before & a);
		}
	}

	#write(to: OperationState, domain: Domain, before: number, value: number): Move {
		const { slot } = domain;
		const generations = slot === undefined ? 0 : generationOf(value);
		if (slot === undefined || generations === 0) {
			const same = value === before;
			return { to, value: same ? undefined : this.#domains.include(domain, value), renews: undefined };
		}
		if (generations === 1) {
			return { to: this.age(to, slot), value: this.#domains.include(domain, aged(value)), renews: slot };
		}
		const violation = `I1: the owner word of slot ${slot} goes on by ${generations} generations`;
		const { beginning, taken, floor } = to;
		return {
			to: this.#intern(beginning, taken, floor, { outcome: { local: beginning.local, violation } }),
			value: undefined,
			renews: undefined,
		};
	}

	/** The same state when a generation of the slot is over. */
	age(state: OperationState, slot: number): OperationState {
		state.ageing[slot] ??= this.#age(state, slot);
		return state.ageing[slot] as OperationState;
	}

	#age(state: OperationState, slot: number): OperationState {
		const { beginning, taken, floor, at } = state;
		const { mark, operation, local } = beginning;
		beginning.ageing[slot] ??= this.#beginning(mark, agedOperation(operation, slot), agedLocal(local, slot));
		const now = beginning.ageing[slot] as Beginning;
		if ("outcome" in at) {
			const { outcome } = at;
			return this.#intern(now, taken, floor, {
				outcome: {
					...outcome,
					local: agedLocal(outcome.local, slot),
					...(outcome.sent && { sent: agedMessage(outcome.sent, slot) }),
					...(outcome.rejected && { rejected: agedMessage(outcome.rejected, slot) }),
				},
			});
		}
		const word = this.#model.core.ownerAt(slot as never);
		const frames = at.frames.map((frame) =>
			frame.map((entry) =>
				"at" in entry && entry.at === word && entry.kind !== "swap"
					? { ...entry, value: aged(entry.value) }
					: entry,
			),
		);
		const { step } = at;
		const compares = step.kind === "swap" && step.at === word;
		return this.#intern(now, taken, floor, {
			frames,
			step: compares ? { ...step, a: aged(step.a), b: aged(step.b) } : step,
		});
	}

	#beginning(mark: number, operation: Operation, local: Local): Beginning {
		const key = JSON.stringify([mark, operation, local]);
		let beginning = this.#beginnings.get(key);
		if (beginning === undefined) {
			beginning = { number: this.#beginnings.size, mark, operation, local, ageing: [] };
			this.#beginnings.set(key, beginning);
		}
		return beginning;
	}

	#play(
		beginning: Beginning,
		taken: number,
		floor: number,
		frames: Frames,
		result: number | undefined,
	): OperationState {
		const { mark, local, operation } = beginning;
		return this.#intern(beginning, taken, floor, this.#model.play(mark, local, operation, frames, result));
	}

	#intern(beginning: Beginning, taken: number, floor: number, at: OperationState["at"]): OperationState {
		const key = `${beginning.number} ${floor} ${"outcome" in at ? JSON.stringify(at.outcome) : keyOf(at.frames)}`;
		let state = this.#states.get(key);
		if (state === undefined) {
			state = { beginning, taken, floor, at, moves: [], ageing: [] };
			this.#states.set(key, state);
		}
		return state;
	}

	get size(): number {
		return this.#states.size;
	}
}

/** Where a step was is known from what came before it. */
const keyOf = (frames: Frames): string =>
	frames
		.map((frame) =>
			frame.map((entry) => ("value" in entry ? entry.value : `r${JSON.stringify(entry.returned)}`)).join(),
		)
		.join("/");
