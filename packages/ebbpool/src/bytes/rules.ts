import type { Rule } from "../options.ts";

export const range = (expected: string, min: number, max = Number.POSITIVE_INFINITY): Rule => ({
	expected,
	accepts: (value) => typeof value === "number" && value >= min && value <= max,
});

export const count = (min: number): Rule => ({
	expected: `an integer from ${min} on`,
	accepts: (value) => Number.isSafeInteger(value) && (value as number) >= min,
});
