import type { Rule } from "../options.ts";
import { MAX_DELAY, NEVER } from "./alarms.ts";

const isNumber = (value: unknown): value is number => typeof value === "number";

/** A duration from `least` on; `Infinity` means without end. */
export const milliseconds = (least: number): Rule => ({
	expected: `milliseconds from ${least} to ${MAX_DELAY}, or Infinity`,
	accepts: (value) => isNumber(value) && ((value >= least && value <= MAX_DELAY) || value === NEVER),
});

/** A whole number from `least` on, or `Infinity`. */
export const count = (least: number): Rule => ({
	expected: `a whole number from ${least} on, or Infinity`,
	accepts: (value) => isNumber(value) && value >= least && (Number.isInteger(value) || value === NEVER),
});
