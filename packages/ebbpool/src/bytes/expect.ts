import { PoolError } from "../base/errors.ts";
import { describe, isIntegerWithin } from "../base/rules.ts";

/** What is wrong with a value: it is of the `type`, and out of range (RANGE), or it is not (ARGUMENT). */
export function argumentError(value: unknown, expected: string, type?: string): PoolError {
	const code = typeof value === type ? "ERR_POOL_RANGE" : "ERR_POOL_ARGUMENT";
	return new PoolError(code, `ebbpool/bytes: expected ${expected}, got ${describe(value)}`);
}

export function expectInteger(value: number, min: number, max: number = Number.MAX_SAFE_INTEGER): void {
	if (isIntegerWithin(value, min, max)) return;
	throw argumentError(value, `an integer from ${min} to ${max}`, "number");
}

export function expectBigInt64(value: bigint): void {
	if (typeof value === "bigint" && BigInt.asIntN(64, value) === value) return;
	throw argumentError(value, "a 64-bit bigint", "bigint");
}

export function expectBigUint64(value: bigint): void {
	if (typeof value === "bigint" && BigInt.asUintN(64, value) === value) return;
	throw argumentError(value, "a 64-bit bigint from 0 on", "bigint");
}

export function expectNumber(value: number): void {
	if (typeof value !== "number") throw argumentError(value, "a number");
}

/** Whether `value` is a `Uint8Array`, of this realm or another's (a frame's, a test runner's). */
export function isBytes(value: unknown): value is Uint8Array {
	return (
		value instanceof Uint8Array ||
		(ArrayBuffer.isView(value) && (value as Uint8Array)[Symbol.toStringTag] === "Uint8Array")
	);
}

export function expectBytes(value: Uint8Array): void {
	if (!isBytes(value)) throw argumentError(value, "a Uint8Array");
}
