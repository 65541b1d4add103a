import type { PoolErrorCode } from "../errors.ts";
import { expectValue, type Rule } from "../options.ts";
import { MAX_SLOTS_LIMIT } from "./layout.ts";

/** Throws what says that `value` is not what was expected. */
export function refuse(code: PoolErrorCode, what: string, expected: string, value: unknown): never {
	return expectValue(code, what, value, { expected, accepts: () => false }) as never;
}

export const anInteger = (min: number, max: number): Rule => ({
	expected: `an integer from ${min} to ${max}`,
	accepts: (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
});

/** The length of what lies in a pool's slot. */
export const aByteLength = anInteger(1, 2 ** 31 - 1);

export const aSlotCount = anInteger(1, MAX_SLOTS_LIMIT);
export const aMagazine = anInteger(0, 1024);
