import type { OwnerWord } from "../../../dist/shared/core/owner-word.js";
import type { Domain, Domains } from "./domains.ts";
import type { Core } from "./load-core.ts";
import type { ThreadState } from "./thread-table.ts";
import type { World } from "./world.ts";

/**
 * I7: a thread is refused only if every slot that exists was seen taken at some time during its search. So while a get may
 * still be refused, the state says which slots it has seen taken: by a read of the owner word, or by a compare-and-swap that
 * failed, after such a read had found the slot FREE.
 *
 * Silent steps are skipped: what they would see has no part in the decision.
 */
export class Refusals {
	readonly #isFree: Core["isFree"];
	readonly #count: Domain;

	constructor(core: Core, domains: Domains) {
		this.#isFree = core.isFree;
		this.#count = domains.of(core.COUNT);
	}

	/** The thread is about to take a step that finds this value. */
	see(world: World, mark: number, { phase, domain }: ThreadState, found: number): void {
		const slot = domain?.slot;
		if (slot === undefined || phase === undefined || !phase.mayBeRefused) return;
		const { at, taken } = phase.example;
		if ("outcome" in at) return;
		const { step } = at;
		// The first step takes the slot that the thread freed last, if it can: nobody knows when that word moved on.
		const hasLost = step.kind === "swap" && step.a !== found && taken > 0;
		if (hasLost || !this.#isFree(found as OwnerWord))
			world.setSeenTaken(mark, world.seenTaken(mark) | (1 << slot));
	}

	/** What is wrong with it that the thread is refused now, or `undefined`. */
	findViolation(world: World, mark: number): string | undefined {
		const seen = world.seenTaken(mark);
		for (let slot = 0; slot < world.value(this.#count); slot++) {
			if ((seen & (1 << slot)) === 0)
				return `I7: thread ${mark} is refused and has not seen slot ${slot} taken`;
		}
		return undefined;
	}
}
