import { reportUncaught } from "../base/errors.ts";
import type { CheckOptions } from "./options.ts";
import { randomFrom } from "./random.ts";
import { PoolViolation, type ViolationReport } from "./violation.ts";

/** One call of `enableChecks`: what is looked for, and who is told. */
export class Session {
	readonly leaks: boolean;
	readonly doublePut: boolean;
	readonly useAfterPut: boolean;
	readonly dirtyPut: boolean;
	readonly foreignPut: boolean;
	/** The share of puts that chaos interferes with; 0: none. */
	readonly chaos: number;
	/** What chaos draws from; told, so that a run can be repeated. */
	readonly seed: number;
	/** The share of gets whose item is watched. */
	readonly sample: number;
	/** Whether only what is watched is looked at: a sample, and no chaos. */
	readonly sparse: boolean;
	/** A number from 0 up to 1 of the seeded sequence. */
	readonly random: () => number;
	readonly #sampling: () => number;
	readonly #onViolation: NonNullable<CheckOptions["onViolation"]>;
	readonly #uncovered = new Set<string>();
	#skips: number;
	enabled = true;

	constructor(options: CheckOptions) {
		const { leaks, doublePut, useAfterPut, dirtyPut, foreignPut, chaos, seed, sample, onViolation } = options;
		this.leaks = leaks ?? true;
		this.doublePut = doublePut ?? true;
		this.useAfterPut = useAfterPut ?? true;
		this.dirtyPut = dirtyPut ?? true;
		this.foreignPut = foreignPut ?? false;
		this.chaos = Number(chaos ?? 0) * (chaos === true ? CHAOS : 1);
		this.seed = seed ?? Math.floor(Math.random() * 2 ** 32);
		this.sample = sample ?? 1;
		this.sparse = this.sample < 1 && this.chaos === 0;
		this.random = randomFrom(this.seed);
		this.#sampling = seed === undefined ? Math.random : randomFrom(seed + 1);
		this.#skips = this.#draw();
		this.#onViolation = onViolation ?? "throw";
		if (this.chaos > 0) globalThis.console?.warn(`ebbpool/checks: chaos with seed ${this.seed}`);
	}

	/** Whether the item of this get is to be watched. */
	watches(): boolean {
		if (this.#skips > 0) {
			this.#skips--;
			return false;
		}
		this.#skips = this.#draw();
		return this.enabled;
	}

	/** How many gets are to be skipped before the next that is watched: the distribution is that of a draw for each, and costs one. */
	#draw(): number {
		return this.sample === 1 ? 0 : Math.floor(Math.log1p(-this.#sampling()) / Math.log1p(-this.sample));
	}

	/** Tells of a mistake that a running call commits; returns if the program is to go on. */
	commit(report: ViolationReport): void {
		const violation = new PoolViolation(report);
		if (this.#onViolation === "throw") throw violation;
		this.#tell(violation);
	}

	/** Tells of a mistake that no running call commits. */
	find(report: ViolationReport): void {
		this.#tell(new PoolViolation(report));
	}

	#tell(violation: PoolViolation): void {
		if (typeof this.#onViolation !== "function") {
			globalThis.console?.warn(violation);
			return;
		}
		try {
			this.#onViolation(violation);
		} catch (error) {
			reportUncaught(error);
		}
	}

	/** Says once of a kind of item that it is not covered. */
	notCovered(pool: string | undefined, what: string): void {
		const told = `${pool}: ${what}`;
		if (this.#uncovered.has(told)) return;
		this.#uncovered.add(told);
		globalThis.console?.warn(
			`ebbpool/checks: useAfterPut does not cover ${what} (pool ${pool ?? "without a name"})`,
		);
	}
}

/** As Go's race detector does it: one put in four. */
const CHAOS = 1 / 4;
