import type { Domains } from "./domains.ts";
import type { Local, Operation } from "./model.ts";
import { MAX_STEPS, type OperationState, type OperationStates } from "./operation-states.ts";
import type { Phase, PhaseMove, PhaseSource } from "./phases.ts";

/** Each state of an operation as a phase of its own, made when somebody gets there: for walks, which get to few of them. */
export class LazyPhases implements PhaseSource {
	readonly #states: OperationStates;
	readonly #domains: Domains;
	readonly #byState = new Map<OperationState, Phase>();

	constructor(domains: Domains, states: OperationStates) {
		this.#domains = domains;
		this.#states = states;
	}

	begin(mark: number, operation: Operation, local: Local): Phase {
		return this.#phaseOf(this.#states.begin(mark, operation, local));
	}

	get size(): number {
		return this.#byState.size;
	}

	#phaseOf(state: OperationState): Phase {
		let phase = this.#byState.get(state);
		if (phase === undefined) {
			phase = this.#make(state);
			this.#byState.set(state, phase);
		}
		return phase;
	}

	#make(state: OperationState): Phase {
		const { at, taken, beginning } = state;
		const domain = "step" in at ? this.#domains.of(at.step.at) : undefined;
		return {
			number: this.#byState.size,
			example: state,
			domain,
			isEndless: taken > MAX_STEPS,
			mayBeRefused: beginning.operation.name === "get",
			move: (number): PhaseMove | undefined => {
				const move = domain && this.#states.take(state, domain, number);
				return move && { ...move, to: this.#phaseOf(move.to) };
			},
			aged: (slot) => this.#phaseOf(this.#states.age(state, slot)),
		};
	}
}
