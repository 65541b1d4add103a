import { PoolError, type PoolErrorCode } from "./errors.ts";

/** A rule that an option's value must satisfy; `expected` completes the sentence "expected …". */
export interface Rule {
	readonly expected: string;
	readonly accepts: (value: unknown) => boolean;
}

export const aFunction: Rule = {
	expected: "a function",
	accepts: (value) => typeof value === "function",
};

export const aString: Rule = { expected: "a string", accepts: (value) => typeof value === "string" };

export const aBoolean: Rule = { expected: "a boolean", accepts: (value) => typeof value === "boolean" };

export function oneOf(...values: readonly string[]): Rule {
	return {
		expected: values.map((value) => JSON.stringify(value)).join(" or "),
		accepts: (value) => values.includes(value as string),
	};
}

/** How a value is named in an error's message: short, and never by running the value's own code. */
export function describe(value: unknown): string {
	if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
	if (typeof value === "function") return "a function";
	if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
	return typeof value === "bigint" ? `${value}n` : String(value);
}

/** Throws unless `value` satisfies the rule. */
export function expectValue(
	code: PoolErrorCode,
	what: string,
	value: unknown,
	{ expected, accepts }: Rule,
): void {
	if (!accepts(value)) throw new PoolError(code, `${what}: expected ${expected}, got ${describe(value)}`);
}

/**
 * Throws unless `options` is an object that has no other keys than the rules' and whose values satisfy them. An option
 * that is `undefined` counts as not given.
 */
export function expectOptions(owner: string, options: unknown, rules: Readonly<Record<string, Rule>>): void {
	if (typeof options !== "object" || options === null || Array.isArray(options)) {
		throw new PoolError("ERR_POOL_OPTION", `${owner}: expected an options object, got ${describe(options)}`);
	}
	for (const [key, value] of Object.entries(options)) {
		const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
		if (rule === undefined) {
			const known = Object.keys(rules).join(", ");
			throw new PoolError(
				"ERR_POOL_OPTION",
				`${owner}: unknown option ${describe(key)}; the options are ${known}`,
			);
		}
		if (value !== undefined) expectValue("ERR_POOL_OPTION", `${owner}: option ${key}`, value, rule);
	}
}
