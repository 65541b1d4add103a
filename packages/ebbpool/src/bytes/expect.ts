import { PoolError } from "../errors.ts";
import { describe } from "../options.ts";

/** What is wrong with a value: it is not of the `type` (ARGUMENT), or it is, and out of range (RANGE). */
export function misfit(value: unknown, type: string, expected: string): PoolError {
	const code = typeof value === type ? "ERR_POOL_RANGE" : "ERR_POOL_ARGUMENT";
	return new PoolError(code, `ByteBuffer: expected ${expected}, got ${describe(value)}`);
}

export function expectInteger(value: number, min: number, max: number = Number.MAX_SAFE_INTEGER): void {
	if (Number.isInteger(value) && value >= min && value <= max) return;
	throw misfit(value, "number", `an integer from ${min} to ${max}`);
}

export function expectBigInt64(value: bigint): void {
	if (typeof value === "bigint" && BigInt.asIntN(64, value) === value) return;
	throw misfit(value, "bigint", "a 64-bit bigint");
}

export function expectBigUint64(value: bigint): void {
	if (typeof value === "bigint" && BigInt.asUintN(64, value) === value) return;
	throw misfit(value, "bigint", "a 64-bit bigint from 0 on");
}

export function expectNumber(value: number): void {
	if (typeof value !== "number") throw misfit(value, "number", "a number");
}

/** Whether `value` is a `Uint8Array`, of this realm or another's (a frame's, a test runner's). */
export function isBytes(value: unknown): value is Uint8Array {
	return (
		value instanceof Uint8Array ||
		(ArrayBuffer.isView(value) && (value as Uint8Array)[Symbol.toStringTag] === "Uint8Array")
	);
}

export function expectBytes(value: Uint8Array): void {
	if (!isBytes(value)) throw misfit(value, "Uint8Array", "a Uint8Array");
}
