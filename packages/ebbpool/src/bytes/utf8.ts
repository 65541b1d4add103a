import { textDecoder, textEncoder } from "../base/text.ts";
import type { Storage } from "./storage.ts";

/**
 * Up to here a loop over ASCII, some 1.7 ns a unit, beats `encodeInto` and the view that it needs, some 60 ns (Node 20, 22,
 * 24 and 26).
 */
const SHORT_TEXT = 32;

/** V8 builds strings shorter than this by copying; longer ones become trees that are flattened at the first use. */
const SHORT_RESULT = 12;

/** What encodes, for messages. */
const WRITE = "ByteBuffer.writeString";

/** No code unit takes more bytes of UTF-8. */
const MOST_BYTES_PER_UNIT = 3;

/** Node 20 encodes nothing into an array of 2^31 bytes and more. */
const LONG_STORAGE = 2 ** 31;

/**
 * Puts a short ASCII string at `at`, where there must be room for it.
 *
 * @returns false, with nothing of value written, if the string is something else
 */
export function putAscii(text: string, storage: Storage, at: number): boolean {
	const { length } = text;
	if (length > SHORT_TEXT) return false;
	for (let i = 0; i < length; i++) {
		const unit = text.charCodeAt(i);
		if (unit > 0x7f) return false;
		storage[at + i] = unit;
	}
	return true;
}

/**
 * Puts as much of the string as there is room for from `at` on, or less: the engine's `encodeInto` may stop before. Lone
 * surrogates become U+FFFD.
 */
export function putText(text: string, storage: Storage, at: number): { read: number; written: number } {
	const whole = at === 0 && storage.length < LONG_STORAGE;
	const room = whole ? storage : storage.subarray(at, at + MOST_BYTES_PER_UNIT * text.length);
	return textEncoder(WRITE).encodeInto(text, room);
}

export function encode(text: string): Uint8Array {
	return textEncoder(WRITE).encode(text);
}

/** Decodes the bytes from `start` to `end`, for a method that messages name; what is not UTF-8 becomes U+FFFD. */
export function getText(storage: Storage, start: number, end: number, what: string): string {
	if (end - start > SHORT_RESULT) return decode(storage, start, end, what);
	let text = "";
	for (let at = start; at < end; at++) {
		const byte = storage[at] as number;
		if (byte > 0x7f) return decode(storage, start, end, what);
		text += String.fromCharCode(byte);
	}
	return text;
}

const decode = (storage: Storage, start: number, end: number, what: string) =>
	textDecoder(what).decode(storage.subarray(start, end));
