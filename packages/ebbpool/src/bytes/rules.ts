import type { Rule } from "../options.ts";
import { isIntegerWithin } from "./expect.ts";

export const range = (min: number, max = Number.POSITIVE_INFINITY): Rule => ({
	expected: `a number from ${min} to ${max}`,
	accepts: (value) => typeof value === "number" && value >= min && value <= max,
});

export const count = (min: number, max = Number.MAX_SAFE_INTEGER): Rule => ({
	expected: `an integer from ${min} to ${max}`,
	accepts: (value) => isIntegerWithin(value, min, max),
});
