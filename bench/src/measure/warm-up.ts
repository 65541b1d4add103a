import { setImmediate, setTimeout } from "node:timers/promises";
import type { Budget } from "./budget.ts";
import { elapsed } from "./elapsed.ts";
import { fullCollection } from "./full-collection.ts";
import type { Loop } from "./loop.ts";

const MOST_OPERATIONS_PER_CALL = 1000;
const LONGEST_CALL_NS = 500_000;
const IDLE_MS = 1;

/**
 * Many short calls with pauses in between, in which the concurrent compilers can finish, so that the loop is compiled as a
 * function by the top tier. Long calls instead get their code replaced on the stack, and later calls may stay in a
 * middle tier: that showed as two modes (1.8 and 3.3 ns on Node 22, 1.7 and 3.3 ns on Node 26).
 */
export async function warmUp(loop: Loop, operationsPerRound: number, { warmUps }: Budget): Promise<void> {
	const most = Math.ceil(MOST_OPERATIONS_PER_CALL / operationsPerRound);
	let rounds = 1;
	for (let call = 0; call < warmUps; call++) {
		const time = elapsed(() => loop(rounds));
		if (time < LONGEST_CALL_NS) rounds = Math.min(most, rounds * 2);
		await setTimeout(IDLE_MS);
	}
}

/** Full collections, with what the loop does in between: all that is pooled has been let go of and made again, or is old. */
export async function growOld(
	loop: Loop,
	operationsPerRound: number,
	budget: Budget,
	collections: number,
): Promise<void> {
	for (let i = 0; i < collections; i++) {
		fullCollection();
		await setImmediate();
		await warmUp(loop, operationsPerRound, budget);
	}
}
