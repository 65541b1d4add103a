import { aBoolean, aNumber, anInteger, type Rule } from "../base/rules.ts";
import type { PoolViolation } from "./violation.ts";

/** What to look for, and who is told. */
export interface CheckOptions {
	/** Items that were got and never put or discarded. Default `true`. */
	readonly leaks?: boolean | undefined;
	/** Items that are put while the pool has them. Default `true`. */
	readonly doublePut?: boolean | undefined;
	/** Items that are used while the pool has them. Default `true`. */
	readonly useAfterPut?: boolean | undefined;
	/** Items that `reset` does not make as they were when new. Default `true`. */
	readonly dirtyPut?: boolean | undefined;
	/** Objects that the pool neither made nor lent. Default `false`: found objects may be put legitimately. */
	readonly foreignPut?: boolean | undefined;
	/**
	 * `true`, or the share of puts from 0 to 1: drops items, keeps them back, ages generations, at random by the seed, so that
	 * nobody relies on retention. Default `false`; `true` means a quarter.
	 */
	readonly chaos?: boolean | number | undefined;
	/** Repeats a run with chaos or a sample: an integer from 0 to 2³² − 1. Default: drawn, and printed for chaos. */
	readonly seed?: number | undefined;
	/** The share of gets whose item is watched until its end, from above 0 to 1. Default 1; small ones are for production. */
	readonly sample?: number | undefined;
	/**
	 * `"throw"`, the default: the call that commits a violation throws it, and what only the collector finds is warned of;
	 * `"warn"`: all go to `console.warn`; or a function that receives them. In the latter two the program goes on.
	 */
	readonly onViolation?: "throw" | "warn" | ((violation: PoolViolation) => void) | undefined;
}

const aShare = aNumber(0, 1);

const aShareAboveZero: Rule = {
	expected: "a number above 0, up to 1",
	accepts: (value) => aShare.accepts(value) && value !== 0,
};

export const RULES: Readonly<Record<keyof CheckOptions, Rule>> = {
	leaks: aBoolean,
	doublePut: aBoolean,
	useAfterPut: aBoolean,
	dirtyPut: aBoolean,
	foreignPut: aBoolean,
	chaos: {
		expected: `a boolean, or ${aShare.expected}`,
		accepts: (value) => aBoolean.accepts(value) || aShare.accepts(value),
	},
	seed: anInteger(0, 2 ** 32 - 1),
	sample: aShareAboveZero,
	onViolation: {
		expected: '"throw", "warn" or a function',
		accepts: (value) => value === "throw" || value === "warn" || typeof value === "function",
	},
};
