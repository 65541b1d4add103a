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

export function expectBigInt64(method: string, value: bigint): void {
	if (typeof value === "bigint" && BigInt.asIntN(64, value) === value) return;
	throw argumentError(nameOf(method), value, "a 64-bit bigint", "bigint");
}

export function expectBigUint64(method: string, value: bigint): void {
	if (typeof value === "bigint" && BigInt.asUintN(64, value) === value) return;
	throw argumentError(nameOf(method), value, "a 64-bit bigint from 0 on", "bigint");
}

export function expectNumber(method: string, value: number): void {
	if (typeof value !== "number") throw argumentError(nameOf(method), value, "a number");
}
