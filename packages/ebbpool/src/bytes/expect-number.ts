import { isIntegerWithin } from "../base/rules.ts";
import { argumentError, expectInteger as expectAnyInteger } from "./expect.ts";

// What the methods that write numbers check; each gives its name for the message.

const nameOf = (method: string) => `ByteBuffer.${method}: value`;

export function expectInteger(
	method: string,
	value: number,
	min: number,
	max = Number.MAX_SAFE_INTEGER,
): void {
	// The name is put together only if it is told.
	if (!isIntegerWithin(value, min, max)) expectAnyInteger(nameOf(method), value, min, max);
}

// Compared with, as QuickJS's `BigInt.asUintN(64, n)` is wrong from 2⁶³ on.
const MAX_INT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;

export function expectBigInt64(method: string, value: bigint): void {
	if (typeof value === "bigint" && value >= -MAX_INT64 - 1n && value <= MAX_INT64) return;
	throw argumentError(nameOf(method), value, "a 64-bit bigint", "bigint");
}

export function expectBigUint64(method: string, value: bigint): void {
	if (typeof value === "bigint" && value >= 0n && value <= MAX_UINT64) return;
	throw argumentError(nameOf(method), value, "a 64-bit bigint from 0 on", "bigint");
}

export function expectNumber(method: string, value: number): void {
	if (typeof value !== "number") throw argumentError(nameOf(method), value, "a number");
}
