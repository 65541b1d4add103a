import { PoolError, type PoolErrorCode } from "./errors.ts";

/** What a value must be; `expected` completes the sentence "expected …". */
export interface Rule {
	readonly expected: string;
	readonly accepts: (value: unknown) => boolean;
}

/** The longest delay that timers take, in milliseconds. */
export const MAX_DELAY = 2 ** 31 - 1;

/** The time of what never happens, and the number of what has no bound: `Infinity`, as minifiers write it. */
export const NEVER = 1 / 0;

export const ofType = (type: "function" | "string" | "boolean"): Rule => ({
	expected: `a ${type}`,
	accepts: (value) => typeof value === type,
});

export const aFunction = /* @__PURE__ */ ofType("function");
export const aString = /* @__PURE__ */ ofType("string");
export const aBoolean = /* @__PURE__ */ ofType("boolean");

export const oneOf = (...values: readonly unknown[]): Rule => ({
	get expected() {
		return values.map(describe).join(" or ");
	},
	accepts: (value) => values.includes(value),
});

export const anObject: Rule = {
	expected: "an object",
	accepts: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

export function isNumberWithin(value: unknown, min: number, max: number): value is number {
	return typeof value === "number" && value >= min && value <= max;
}

export const aNumber = (min: number, max = NEVER): Rule => ({
	expected: max === NEVER ? `a number from ${min} on` : `a number from ${min} to ${max}`,
	accepts: (value) => isNumberWithin(value, min, max),
});

export function isIntegerWithin(value: unknown, min: number, max: number): value is number {
	return Number.isInteger(value) && isNumberWithin(value, min, max);
}

export const anInteger = (min: number, max: number = Number.MAX_SAFE_INTEGER): Rule => ({
	expected: `an integer from ${min} to ${max}`,
	accepts: (value) => isIntegerWithin(value, min, max),
});

/** A whole number, or `Infinity`: no bound. */
export const aCount = (min: number): Rule => ({
	expected: `a whole number from ${min} on, or Infinity`,
	accepts: (value) => isIntegerWithin(value, min, NEVER) || value === NEVER,
});

/** A number of milliseconds that timers take, or `Infinity`: without end. */
export const aDuration = (min: number): Rule => ({
	expected: `milliseconds from ${min} to ${MAX_DELAY}, or Infinity`,
	accepts: (value) => isNumberWithin(value, min, MAX_DELAY) || value === NEVER,
});

/** How a value is named in an error's message: short, and never by running the value's own code. */
export function describe(value: unknown): string {
	if (typeof value === "string") return globalThis.JSON?.stringify(value.slice(0, 40)) ?? "a string";
	if (typeof value === "function") return "a function";
	if (Array.isArray(value)) return "an array";
	if (typeof value === "bigint") return `${value}n`;
	return Object(value) === value ? "an object" : String(value);
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
 * Reads options: each known one once, whether it is the object's own, inherited, or a getter's of a class; so what was
 * checked is what is used. An option that is `undefined` counts as not given, and is left out.
 *
 * @throws `ERR_POOL_OPTION` unless `options` is an object that names no other options and whose values satisfy the rules
 */
export function readOptions<Options extends object>(
	owner: string,
	options: Options,
	rules: Readonly<Record<keyof Options, Rule>>,
): Options {
	expectValue("ERR_POOL_OPTION", `${owner}: options`, options, anObject);
	const known = Object.keys(rules) as (keyof Options & string)[];
	// What somebody adds to every object is no option of ours.
	for (const key in options) {
		if (Object.hasOwn(rules, key) || (key in Object.prototype && !Object.hasOwn(options, key))) continue;
		expectValue("ERR_POOL_OPTION", `${owner}: option`, key, oneOf(...known));
	}
	const read: Partial<Options> = {};
	for (const key of known) {
		const value = options[key];
		if (value === undefined) continue;
		expectValue("ERR_POOL_OPTION", `${owner}: option ${key}`, value, rules[key]);
		read[key] = value;
	}
	return read as Options;
}
