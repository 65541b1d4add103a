import { ByteRegion } from "./byte-region.ts";
import { argumentError, isArrayBuffer, isBytes } from "./expect.ts";

/** The bytes that a value is or holds, not copied. */
export function bytesOf(value: unknown, what: string): Uint8Array {
	if (isBytes(value)) return value;
	if (isArrayBuffer(value)) return new Uint8Array(value);
	if (value instanceof ByteRegion) return value.bytes();
	throw argumentError(what, value, "a Uint8Array, an ArrayBuffer or a ByteBuffer");
}
