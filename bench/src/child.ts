import type { Budget } from "./measure/budget.ts";
import { isScenario, loadScenario, SCENARIOS } from "./scenarios/index.ts";

// One process measures one variant of one scenario and prints its sample.
const [name = "", variant = "", budget = "{}"] = process.argv.slice(2);
if (!isScenario(name))
	throw new Error(`unknown scenario "${name}"; the scenarios are ${SCENARIOS.join(", ")}`);
const scenario = await loadScenario(name);
const sample = await scenario.measure(variant, JSON.parse(budget) as Budget);
process.stdout.write(`${JSON.stringify(sample)}\n`);
