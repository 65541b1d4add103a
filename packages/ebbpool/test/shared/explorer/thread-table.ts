import type { Domain } from "./domains.ts";
import { agedLocal, joined, putAsideBy, seenBy } from "./local.ts";
import type { Local, Message, Model, Operation, Outcome } from "./model.ts";
import { entriesOf, operationsOf, slotsOf } from "./operations.ts";
import type { Phase, PhaseSource } from "./phases.ts";

/** A thread: dead, between two operations, or in the middle of one. */
export interface ThreadState {
	readonly index: number;
	readonly mark: number;
	/** Nothing: dead. In the middle of an operation: what that does not get to see. */
	readonly local: Local | undefined;
	readonly phase: Phase | undefined;
	/** The one that is under way. */
	readonly operation: Operation | undefined;
	/** Of the step that it is about to take. */
	readonly domain: Domain | undefined;
	/** Whether the step is a plain read. */
	readonly peeks: boolean;
}

/** What one thread does next. */
export interface Action {
	readonly to: number;
	/** The number of the value that goes to the word of the step. */
	readonly value: number | undefined;
	/** The slot that begins a new generation with that. */
	readonly renews: number | undefined;
	readonly outcome: Outcome | undefined;
}

/** The states of threads, by number, made while they are explored. */
export class ThreadTable {
	readonly states: ThreadState[] = [];
	readonly #phases: PhaseSource;
	readonly #model: Model;
	readonly #byKey = new Map<string, number>();
	readonly #steps: (Action | undefined)[][] = [];
	readonly #ageing: number[][] = [];
	readonly #operations: Map<Operation, Action>[] = [];
	readonly #adoptions: Map<Message, Action>[] = [];

	constructor(model: Model, phases: PhaseSource) {
		this.#model = model;
		this.#phases = phases;
	}

	dead(mark: number): number {
		return this.#intern(mark, undefined, undefined);
	}

	idle(mark: number, local: Local): number {
		return this.#intern(mark, local, undefined);
	}

	/** What the step does when it finds the word's value of this number. */
	step(index: number, number: number): Action {
		const steps = this.#steps[index] as (Action | undefined)[];
		let action = steps[number];
		if (action === undefined) {
			const { phase, mark, local, operation } = this.states[index] as ThreadState;
			const move = phase?.move(number);
			if (move === undefined) throw new Error("found a value that no step writes");
			const { renews, value } = move;
			const aside = renews === undefined ? (local as Local) : agedLocal(local as Local, renews);
			action = { ...this.#arrive(mark, operation as Operation, aside, move.to), value, renews };
			steps[number] = action;
		}
		return action;
	}

	/** Where the thread is when a generation of the slot is over. */
	age(index: number, slot: number): number {
		const ageing = this.#ageing[index] as number[];
		if (ageing.length === 0) {
			const { mark, local, phase } = this.states[index] as ThreadState;
			for (const each of slotsOf(this.#model.setting)) {
				ageing.push(
					local === undefined ? index : this.#intern(mark, agedLocal(local, each), phase?.aged(each)),
				);
			}
		}
		return ageing[slot] as number;
	}

	/** What an idle thread, or one that was swept, may begin; without adoptions. */
	operations(index: number): ReadonlyMap<Operation, Action> {
		const operations = this.#operations[index] as Map<Operation, Action>;
		if (operations.size === 0) {
			const { mark, local } = this.states[index] as ThreadState;
			const { setting } = this.#model;
			const all = local === undefined ? entriesOf(setting, mark) : operationsOf(setting, mark, local);
			for (const operation of all) operations.set(operation, this.#begin(index, operation));
		}
		return operations;
	}

	adoption(index: number, message: Message): Action {
		const adoptions = this.#adoptions[index] as Map<Message, Action>;
		let adoption = adoptions.get(message);
		if (adoption === undefined) {
			adoption = this.#begin(index, { name: "adopt", message });
			adoptions.set(message, adoption);
		}
		return adoption;
	}

	#begin(index: number, operation: Operation): Action {
		const { mark, local = this.#model.newLocal(0) } = this.states[index] as ThreadState;
		const phase = this.#phases.begin(mark, operation, seenBy(operation, local));
		const aside = putAsideBy(operation, local);
		return { ...this.#arrive(mark, operation, aside, phase), value: undefined, renews: undefined };
	}

	#arrive(
		mark: number,
		operation: Operation,
		aside: Local,
		phase: Phase,
	): { to: number; outcome: Outcome | undefined } {
		const { at } = phase.example;
		if ("step" in at) return { to: this.#intern(mark, aside, phase), outcome: undefined };
		const { outcome } = at;
		return { to: this.#intern(mark, joined(operation, outcome.local, aside), undefined), outcome };
	}

	#intern(mark: number, local: Local | undefined, phase: Phase | undefined): number {
		const key = JSON.stringify([mark, local ?? null, phase?.number]);
		const known = this.#byKey.get(key);
		if (known !== undefined) return known;
		const index = this.states.length;
		this.#byKey.set(key, index);
		const at = phase?.example.at;
		this.states.push({
			index,
			mark,
			local,
			phase,
			operation: phase?.example.beginning.operation,
			domain: phase?.domain,
			peeks: at !== undefined && "step" in at && at.step.kind === "peek",
		});
		this.#steps.push([]);
		this.#ageing.push([]);
		this.#operations.push(new Map());
		this.#adoptions.push(new Map());
		return index;
	}
}
