import { setTimeout } from "node:timers/promises";
import type { Budget } from "./budget.ts";
import type { Loop } from "./time-loop.ts";

const CALLS = 20;
const OPERATIONS_PER_CALL = 20_000;
const IDLE_MS = 10;

/**
 * Many calls of medium length with pauses in between, so that the loop is compiled as a function by the top tier. One
 * long call instead is replaced on the stack, and the measured calls may stay in a middle tier: that showed as two modes
 * (1.7 and 3.3 ns on Node 26).
 */
export async function warmUp(loop: Loop, operationsPerRound: number, { warmUps }: Budget): Promise<void> {
	const rounds = Math.ceil(OPERATIONS_PER_CALL / operationsPerRound);
	for (let burst = 0; burst < warmUps; burst++) {
		for (let call = 0; call < CALLS; call++) loop(rounds);
		await setTimeout(IDLE_MS);
	}
}
