import type { Budget } from "../measure/budget.ts";
import type { Sample } from "../measure/sample.ts";
import type { ScenarioName } from "../scenarios/index.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { execute } from "./execute.ts";
import { alternatingOrders } from "./order.ts";
import type { Runtime } from "./runtime.ts";

/** One variant on one runtime, with a sample of each round. */
export interface Measurement {
	readonly runtime: Runtime;
	readonly variant: string;
	readonly samples: Sample[];
}

export interface Plan {
	readonly runtimes: readonly Runtime[];
	/** Whether a variant of the scenario is wanted. */
	readonly includes: (variant: string) => boolean;
	readonly rounds: number;
	readonly seed: number;
	readonly budget: Budget;
	readonly onProgress: (line: string) => void;
}

const NO_TUNING = { flags: [], environment: {} };

/** Measures every variant on every runtime, one process at a time. */
export async function runScenario(
	name: ScenarioName,
	scenario: Scenario,
	plan: Plan,
): Promise<Measurement[]> {
	const measurements = plan.runtimes.flatMap((runtime) =>
		scenario.variants
			.filter((variant) => runtime.measures(variant) && plan.includes(variant))
			.map((variant): Measurement => ({ runtime, variant, samples: [] })),
	);
	for (const [round, order] of alternatingOrders(measurements, plan.rounds, plan.seed).entries()) {
		for (const { runtime, variant, samples } of order) {
			plan.onProgress(`${name}, round ${round + 1} of ${plan.rounds}: ${variant} on ${runtime.title}`);
			const isTuned = scenario.tuned?.includes(variant) ?? false;
			samples.push(await measure(runtime, [name, variant, JSON.stringify(plan.budget)], isTuned));
		}
	}
	return measurements;
}

async function measure(
	{ command, tuning }: Runtime,
	args: readonly string[],
	isTuned: boolean,
): Promise<Sample> {
	const [executable, ...own] = command;
	const { flags, environment } = (isTuned && tuning) || NO_TUNING;
	const env = { ...process.env, ...environment };
	const output = await execute([executable, ...flags, ...own, ...args], { env });
	return JSON.parse(output) as Sample;
}
