import { ifPossible } from "../base/engine.ts";
import { PoolError } from "../base/errors.ts";
import { describe, isIntegerWithin } from "../base/rules.ts";

/**
 * What is wrong with a value: it is of the `type`, and out of range (RANGE), or it is not (ARGUMENT).
 *
 * @param what - the class, the method and the argument
 */
export function argumentError(what: string, value: unknown, expected: string, type?: string): PoolError {
	const code = typeof value === type ? "ERR_POOL_RANGE" : "ERR_POOL_ARGUMENT";
	return new PoolError(code, `${what}: expected ${expected}, got ${describe(value)}`);
}

export function expectInteger(what: string, value: number, min: number, max = Number.MAX_SAFE_INTEGER): void {
	if (isIntegerWithin(value, min, max)) return;
	throw argumentError(what, value, `an integer from ${min} to ${max}`, "number");
}

/** What all typed arrays say of their length, whatever a subclass says. */
const getLength = /* @__PURE__ */ ifPossible(
	() => Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), "length")?.get,
) as (this: Uint8Array) => number;

/**
 * How many bytes an array has; 0 if they were taken away. No code of anybody's runs. (Node 20 and 22 compile `array.length`
 * wrongly where they have seen resizable memory: it stays what it was when the memory is detached.)
 */
export function trueLength(bytes: Uint8Array): number {
	return getLength.call(bytes);
}

/** Whether `value` is a `Uint8Array`, of this realm or another's (a frame's, a test runner's). */
export function isBytes(value: unknown): value is Uint8Array {
	return (
		value instanceof Uint8Array ||
		(ArrayBuffer.isView(value) && (value as Uint8Array)[Symbol.toStringTag] === "Uint8Array")
	);
}

export function isArrayBuffer(value: unknown): value is ArrayBuffer {
	return Object.prototype.toString.call(value) === "[object ArrayBuffer]";
}
