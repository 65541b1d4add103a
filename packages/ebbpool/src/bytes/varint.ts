import { ifPossible } from "../base/engine.ts";
import { PoolError } from "../base/errors.ts";
import type { Storage } from "./storage.ts";

/**
 * Variable-length integers as in Go's encoding/binary and Protocol Buffers: seven bits a byte, the lowest first, the top
 * bit set on all but the last (LEB128). A 64-bit value is a pair of 32-bit halves here: that needs no bigint, and rounds
 * nothing.
 */

const TWO_32 = 2 ** 32;

/** The upper half of a safe integer, in two's complement; its lower half is `value >>> 0`. */
export function upperHalf(value: number): number {
	return value >= 0 && value < TWO_32 ? 0 : Math.floor(value / TWO_32);
}

/** The number that the halves are; `high` is signed if the number is. Not exact beyond the safe integers. */
export function join(low: number, high: number): number {
	return high * TWO_32 + (low >>> 0);
}

/** One 64-bit value, to turn a bigint into halves and back, and to return both halves without an allocation. */
export const register: DataView<ArrayBuffer> = /* @__PURE__ */ ifPossible(
	() => new DataView(new ArrayBuffer(8)),
);

/** Bytes that the encoding of a value takes. */
export function uvarintLength(low: number, high: number): number {
	const bits = high === 0 ? 32 - Math.clz32(low | 1) : 64 - Math.clz32(high);
	return Math.ceil(bits / 7);
}

export function putUvarint(storage: Storage, at: number, low: number, high: number): void {
	while (high !== 0 || low > 0x7f) {
		storage[at++] = low | 0x80;
		low = ((low >>> 7) | (high << 25)) >>> 0;
		high >>>= 7;
	}
	storage[at] = low;
}

/**
 * Decodes the value at `start` into the {@link register}, little-endian. Encodings that are longer than need be are
 * accepted, as in Go.
 *
 * @returns how many bytes it takes; 0 if the bytes up to `end` are not all of it
 */
export function getUvarint(storage: Storage, start: number, end: number, method: string): number {
	let low = 0;
	let high = 0;
	for (let at = start, shift = 0; at < end; at++, shift += 7) {
		const byte = storage[at] as number;
		// The tenth byte has room for one bit.
		if (shift === 63 && byte > 1) {
			throw new PoolError(
				"ERR_POOL_RANGE",
				`ByteBuffer.${method}: expected a varint of at most 64 bits, got more`,
			);
		}
		const bits = byte & 0x7f;
		if (shift < 32) low |= bits << shift;
		if (shift > 28) high |= bits << (shift - 32);
		else if (shift === 28) high = bits >>> 4;
		if (byte === bits) {
			register.setUint32(0, low, true);
			register.setUint32(4, high, true);
			return at - start + 1;
		}
	}
	return 0;
}
