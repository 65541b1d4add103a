import { PoolError } from "../base/errors.ts";
import { describe, oneOf, type Rule } from "../base/rules.ts";
import { type CheckOptions, RULES } from "./options.ts";

const NAMES = ["leaks", "doublePut", "useAfterPut", "dirtyPut", "foreignPut", "chaos"] as const;
/** The others are on unless chosen from. */
const OPT_IN: readonly string[] = ["foreignPut", "chaos"];

const WAYS = oneOf("throw", "warn");

/**
 * What the environment variables ask for: `EBBPOOL_CHECKS`, names separated by commas or `all`; `EBBPOOL_CHECKS_SEED` and
 * `EBBPOOL_CHECKS_SAMPLE`, numbers; `EBBPOOL_CHECKS_ON_VIOLATION`, `throw` or `warn` (the default here).
 *
 * @throws `ERR_POOL_OPTION` for a name that is none of a check, and for a value that is none of its variable
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
	const read = <Value>(variable: string, rule: Rule, parse: (text: string) => Value): Value | undefined => {
		const text = variables[variable]?.trim() ?? "";
		if (text === "") return undefined;
		const value = parse(text);
		if (rule.accepts(value)) return value;
		throw new PoolError("ERR_POOL_OPTION", `${variable}: expected ${rule.expected}, got ${describe(text)}`);
	};
	return {
		...Object.fromEntries(NAMES.map((name) => [name, isOn(name)])),
		seed: read("EBBPOOL_CHECKS_SEED", RULES.seed, Number),
		sample: read("EBBPOOL_CHECKS_SAMPLE", RULES.sample, Number),
		onViolation:
			(read("EBBPOOL_CHECKS_ON_VIOLATION", WAYS, String) as "throw" | "warn" | undefined) ?? "warn",
	};
}
