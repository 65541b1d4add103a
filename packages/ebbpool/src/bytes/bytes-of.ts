import { argumentError, isArrayBuffer, isBytes } from "./expect.ts";

/** A `ByteBuffer`, of any copy of this package. */
export interface BufferLike {
	readonly length: number;
	bytes(): Uint8Array;
	next(n: number): Uint8Array;
	write(bytes: Uint8Array): number;
	writeString(text: string): number;
	truncate(n: number): void;
}

export function isBuffer(value: unknown): value is BufferLike {
	const { bytes, next, writeString } = Object(value) as Partial<BufferLike>;
	return [bytes, next, writeString].every((method) => typeof method === "function");
}

/** The bytes that a value is or holds, not copied. */
export function bytesOf(value: unknown, what: string): Uint8Array {
	if (isBytes(value)) return value;
	if (isArrayBuffer(value)) return new Uint8Array(value);
	if (isBuffer(value)) return value.bytes();
	throw argumentError(what, value, "a Uint8Array, an ArrayBuffer or a ByteBuffer");
}
