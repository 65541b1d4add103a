import { PoolError } from "../base/errors.ts";
import { describe, oneOf } from "../base/rules.ts";
import type { CheckOptions } from "./options.ts";

const NAMES = ["leaks", "doublePut", "useAfterPut", "dirtyPut", "foreignPut", "chaos"] as const;
/** The others are on unless chosen from. */
const OPT_IN: readonly string[] = ["foreignPut", "chaos"];

/**
 * What the environment variables ask for: `EBBPOOL_CHECKS`, names separated by commas or `all`; `EBBPOOL_CHECKS_SEED` and
 * `EBBPOOL_CHECKS_SAMPLE`, numbers; `EBBPOOL_CHECKS_ON_VIOLATION`, `throw` or `warn` (the default here).
 *
 * @throws `ERR_POOL_OPTION` for a name that is none of a check
 */
export function optionsFromEnvironment(): CheckOptions {
	const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
	const variables = process?.env ?? {};
	const chosen = (variables.EBBPOOL_CHECKS ?? "").split(",").filter((name) => name.trim() !== "");
	const names = chosen.map((name) => name.trim());
	const expected = oneOf(...NAMES, "all").expected;
	for (const name of names) {
		if (name === "all" || NAMES.some((known) => known === name)) continue;
		throw new PoolError("ERR_POOL_OPTION", `EBBPOOL_CHECKS: expected ${expected}, got ${describe(name)}`);
	}
	const isOn = (name: string) =>
		names.length === 0 ? !OPT_IN.includes(name) : names.includes(name) || names.includes("all");
	const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
	return {
		...Object.fromEntries(NAMES.map((name) => [name, isOn(name)])),
		seed: number(variables.EBBPOOL_CHECKS_SEED),
		sample: number(variables.EBBPOOL_CHECKS_SAMPLE),
		onViolation: (variables.EBBPOOL_CHECKS_ON_VIOLATION ?? "warn") as "throw" | "warn",
	};
}
