import { PoolError, type PoolErrorCode } from "./errors.ts";

/** An `AbortSignal`, as far as it matters here: our declarations need neither DOM's nor Node's. */
export interface AbortSignalLike {
	readonly aborted: boolean;
	readonly reason: unknown;
	throwIfAborted(): void;
	addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
	removeEventListener(type: "abort", listener: () => void): void;
}

/** What a value must be; `expected` completes the sentence "expected …". */
export interface Rule {
	readonly expected: string;
	readonly accepts: (value: unknown) => boolean;
}

export const ofType = (type: "function" | "string" | "boolean"): Rule => ({
	expected: `a ${type}`,
	accepts: (value) => typeof value === type,
});

export const aFunction = ofType("function");

export const oneOf = (...values: readonly string[]): Rule => ({
	expected: values.map((value) => `"${value}"`).join(" or "),
	accepts: (value) => values.includes(value as string),
});

/** A signal of this realm or another one. */
export const anAbortSignal: Rule = {
	expected: "an AbortSignal",
	accepts: (value) =>
		typeof (value as AbortSignalLike | null)?.aborted === "boolean" &&
		typeof (value as AbortSignalLike).addEventListener === "function" &&
		typeof (value as AbortSignalLike).removeEventListener === "function",
};

/** How a value is named in an error's message: short, and never by running the value's own code. */
export function describe(value: unknown): string {
	if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
	return Object(value) === value ? typeof value : String(value);
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

export const anObject: Rule = {
	expected: "an object",
	accepts: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

/**
 * Throws unless `options` is an object that has no keys of its own but the rules' and whose values, inherited ones too,
 * satisfy them: whatever is read is what was checked. An option that is `undefined` counts as not given.
 */
export function expectOptions(owner: string, options: unknown, rules: Readonly<Record<string, Rule>>): void {
	expectValue("ERR_POOL_OPTION", `${owner}: options`, options, anObject);
	const given = options as Readonly<Record<string, unknown>>;
	const known = oneOf(...Object.keys(rules));
	for (const key of Object.keys({ ...rules, ...given })) {
		expectValue("ERR_POOL_OPTION", `${owner}: option`, key, known);
		const value = given[key];
		if (value !== undefined) {
			expectValue("ERR_POOL_OPTION", `${owner}: option ${key}`, value, rules[key] as Rule);
		}
	}
}
