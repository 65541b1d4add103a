import type { PoolErrorCode } from "../base/errors.ts";
import { anInteger, expectValue } from "../base/rules.ts";
import { MAX_SLOTS_LIMIT } from "./core/layout.ts";

/** Throws what says that `value` is not what was expected. */
export function refuse(code: PoolErrorCode, what: string, expected: string, value: unknown): never {
	return expectValue(code, what, value, { expected, accepts: () => false }) as never;
}

/** The length of what lies in a pool's slot. */
export const aByteLength = /* @__PURE__ */ anInteger(1, 2 ** 31 - 1);

export const aSlotCount = /* @__PURE__ */ anInteger(1, MAX_SLOTS_LIMIT);
export const aMagazine = /* @__PURE__ */ anInteger(0, 1024);
