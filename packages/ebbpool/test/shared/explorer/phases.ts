import type { Domain, Domains } from "./domains.ts";
import type { Local, Operation, Outcome, Setting } from "./model.ts";
import { MAX_STEPS, type OperationState, type OperationStates } from "./operation-states.ts";
import { slotsOf } from "./operations.ts";
import type { Step } from "./stepped.ts";

/** All states of an operation that nobody can tell apart, now or later. */
export interface Phase {
	readonly number: number;
	/** One of them. */
	readonly example: OperationState;
	/** The word that the next step looks at; of a plain read, the value may be any that was there before. */
	readonly domain: Domain | undefined;
	/** What the next step does when it finds the word's value of this number. */
	move(number: number): PhaseMove | undefined;
	/** The phase when a generation of the slot is over. */
	aged(slot: number): Phase;
	readonly isEndless: boolean;
	/** Whether the operation may end with a get that found no slot. */
	readonly mayBeRefused: boolean;
}

/** Where the phases of operations come from. */
export interface PhaseSource {
	begin(mark: number, operation: Operation, local: Local): Phase;
	readonly size: number;
}

export interface PhaseMove {
	readonly to: Phase;
	readonly value: number | undefined;
	readonly renews: number | undefined;
}

/**
 * Reduces the states of operations to phases, from the last steps to the first. Two reductions, both exact:
 *
 * **Equal futures.** States whose next step is the same, and leads for every value that its word may ever have to equal
 * states with the same effect, are one (a bisimulation). So what a thread remembers and never uses again makes no
 * difference. Each value that the word may have in any run counts, whether or not this state can meet it. Ageing is a
 * transition like any other here. States form no cycle but that the oldest age to themselves.
 *
 * **Silent steps.** A step that changes no word that anybody reads, and after which the thread is in the same phase
 * whatever it found, is skipped. Nobody else can tell when it is taken; a thread that dies before it leaves what it
 * leaves when it dies after it; and it makes no difference whether generations end before or after it, which is
 * checked for each slot.
 */
export class Phases implements PhaseSource {
	readonly #states: OperationStates;
	readonly #domains: Domains;
	readonly #setting: Setting;
	readonly #byState = new Map<OperationState, Phase>();
	readonly #byKey = new Map<string, Phase>();
	#size = 0;

	constructor(setting: Setting, domains: Domains, states: OperationStates) {
		this.#setting = setting;
		this.#domains = domains;
		this.#states = states;
	}

	begin(mark: number, operation: Operation, local: Local): Phase {
		return this.#phaseOf(this.#states.begin(mark, operation, local));
	}

	get size(): number {
		return this.#size;
	}

	#phaseOf(state: OperationState): Phase {
		const known = this.#byState.get(state);
		if (known !== undefined) return known;
		const phase = this.#reduce(state);
		this.#byState.set(state, phase);
		return phase;
	}

	#reduce(state: OperationState): Phase {
		const { at, taken } = state;
		if ("outcome" in at) return this.#end(state, at.outcome);
		const unaged = slotsOf(this.#setting).map(() => undefined);
		if (taken > MAX_STEPS)
			return this.#intern("endless", () => this.#make(state, undefined, [], unaged, true));
		const domain = this.#domains.of(at.step.at);
		const { kind } = at.step;
		if (kind === "load" || kind === "peek" || kind === "swap") this.#domains.markRead(domain);
		const ageing = slotsOf(this.#setting).map((slot) => {
			const aged = this.#states.age(state, slot);
			return aged === state ? undefined : this.#phaseOf(aged);
		});
		const moves: (PhaseMove | undefined)[] = [];
		for (let number = 0; number < domain.values.length; number++) {
			const move = this.#states.take(state, domain, number);
			moves.push(move && { ...move, to: this.#phaseOf(move.to) });
		}
		return (
			(this.#setting.unreduced ? undefined : this.#skipped(kind, domain, moves, ageing)) ??
			this.#merge(state, domain, moves, ageing)
		);
	}

	/** The phase after a silent step. */
	#skipped(
		kind: Step["kind"],
		domain: Domain,
		moves: readonly (PhaseMove | undefined)[],
		ageing: readonly (Phase | undefined)[],
	): Phase | undefined {
		const to = moves.find((move) => move !== undefined)?.to;
		if (to === undefined || hasEffect(to)) return undefined;
		// A claim that fails for certain is how a search sees a slot taken (I7).
		const isClaim = kind === "swap" && domain.slot !== undefined && to.mayBeRefused;
		if (isClaim && !this.#setting.withoutRefusals) return undefined;
		const isSilent = moves.every(
			(move) =>
				move === undefined ||
				(move.to === to && move.renews === undefined && (move.value === undefined || !domain.isRead)),
		);
		if (!isSilent) return undefined;
		return ageing.every((aged, slot) => (aged ?? to) === to.aged(slot)) ? to : undefined;
	}

	#merge(
		state: OperationState,
		domain: Domain,
		moves: readonly (PhaseMove | undefined)[],
		ageing: readonly (Phase | undefined)[],
	): Phase {
		const make = () => this.#make(state, domain, moves, ageing, false);
		if (this.#setting.unreduced) return make();
		const { operation, local } = state.beginning;
		const visible = [
			operation.name,
			"slot" in operation && operation.slot,
			operation.name === "giveTo" && operation.id,
			local.me,
			"step" in state.at && state.at.step.kind === "peek",
			domain.at,
			moves.map((move) => move && [move.to.number, move.value, move.renews]),
		];
		const keyWith = (self: Phase | undefined) =>
			JSON.stringify([
				...visible,
				ageing.map((aged) => (aged === undefined || aged === self ? "self" : aged.number)),
			]);
		// What ages to a phase that ages to itself may be the same phase.
		for (const aged of ageing) {
			if (aged !== undefined && this.#byKey.get(keyWith(aged)) === aged) return aged;
		}
		return this.#intern(keyWith(undefined), make);
	}

	#end(state: OperationState, outcome: Outcome): Phase {
		const key = JSON.stringify([state.beginning.operation.name === "reap", outcome]);
		return this.#intern(key, () => {
			const ageing = slotsOf(this.#setting).map((slot) => {
				const aged = this.#states.age(state, slot);
				return aged === state ? undefined : this.#phaseOf(aged);
			});
			return this.#make(state, undefined, [], ageing, false);
		});
	}

	#intern(key: string, make: () => Phase): Phase {
		let phase = this.#byKey.get(key);
		if (phase === undefined) {
			phase = make();
			this.#byKey.set(key, phase);
		}
		return phase;
	}

	#make(
		example: OperationState,
		domain: Domain | undefined,
		moves: readonly (PhaseMove | undefined)[],
		ageing: readonly (Phase | undefined)[],
		isEndless: boolean,
	): Phase {
		const own: Phase[] = [];
		const mayBeRefused =
			("outcome" in example.at && example.at.outcome.refused === true) ||
			moves.some((move) => move?.to.mayBeRefused === true);
		const phase: Phase = {
			number: this.#size++,
			example,
			domain,
			isEndless,
			mayBeRefused,
			move: (number) => moves[number],
			aged: (slot) => own[slot] as Phase,
		};
		for (const aged of ageing) own.push(aged ?? phase);
		return phase;
	}
}

const outcomeOf = ({ example: { at } }: Phase): Outcome | undefined =>
	"outcome" in at ? at.outcome : undefined;

/** Whether an operation that ends so does something to more than its own thread. */
function hasEffect(phase: Phase): boolean {
	const outcome = outcomeOf(phase);
	return (
		outcome !== undefined &&
		[outcome.sent, outcome.rejected, outcome.wrote, outcome.violation].some((effect) => effect !== undefined)
	);
}
