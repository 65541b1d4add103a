import type { Rule } from "../options.ts";

/** The longest delay that timers take, in milliseconds. */
const MAX_DELAY = 2 ** 31 - 1;

const isNumber = (value: unknown): value is number => typeof value === "number";

/** A duration from `least` on; `Infinity` means without end. */
export const milliseconds = (least: number): Rule => ({
	expected: `milliseconds from ${least} to ${MAX_DELAY}, or Infinity`,
	accepts: (value) =>
		isNumber(value) && ((value >= least && value <= MAX_DELAY) || value === Number.POSITIVE_INFINITY),
});

/** A whole number from `least` on, or `Infinity`. */
export const count = (least: number): Rule => ({
	expected: `a whole number from ${least} on, or Infinity`,
	accepts: (value) =>
		isNumber(value) && value >= least && (Number.isInteger(value) || value === Number.POSITIVE_INFINITY),
});
