import { ifPossible } from "../../base/engine.ts";
import { textDecoder, textEncoder } from "../../base/text.ts";
import { refuse } from "../rules.ts";
import { stringCheck } from "./check.ts";
import { type Accessor, ValueType } from "./field-type.ts";
import { SCALARS } from "./scalar.ts";

/** UTF-8 takes at most three bytes for each UTF-16 unit of a string. */
const MOST_BYTES_PER_UNIT = 3;

// Browsers neither encode into nor decode from shared memory, so every string goes through private bytes; and so a
// string that turns out too long has not touched the struct. Those up to this many bytes are kept by the thread.
const SCRATCH_LENGTH = 4096;
const kept = ifPossible(() => new Uint8Array(SCRATCH_LENGTH));

/** The string in UTF-8. Engines may leave room unfilled that the next character might fit: so there is more than enough. */
function encode(text: string, member: string): Uint8Array {
	const encoder = textEncoder(member);
	if (text.length * MOST_BYTES_PER_UNIT > SCRATCH_LENGTH) return encoder.encode(text);
	return kept.subarray(0, encoder.encodeInto(text, kept).written);
}

// A struct may have members of these names.
const { buffer, byteOffset } = (ifPossible(() => Object.getOwnPropertyDescriptors(DataView.prototype)) ??
	{}) as {
	readonly [Key in "buffer" | "byteOffset"]: { get(this: DataView): DataView[Key] };
};

/**
 * A string of at most `maxBytes` bytes of UTF-8: their number, as the smallest unsigned integer that can count them,
 * then the bytes. What is behind the string's end is left as it is.
 */
export function utf8Type(maxBytes: number): ValueType<string> {
	const lengthType = SCALARS[maxBytes < 2 ** 8 ? "u8" : maxBytes < 2 ** 16 ? "u16" : "u32"];
	const { byteLength, alignment } = lengthType;

	function accessor(offset: number, name: string): Accessor<string> {
		const check = stringCheck(name);
		const length = lengthType.access(offset, name);

		function bytes(fields: DataView, count: number): Uint8Array {
			return new Uint8Array(
				buffer.get.call(fields),
				byteOffset.get.call(fields) + offset + byteLength,
				count,
			);
		}

		return {
			get() {
				// Memory that others write is not trusted to keep the string inside its member.
				const count = Math.min(length.get.call(this), maxBytes);
				const copy = count > SCRATCH_LENGTH ? new Uint8Array(count) : kept.subarray(0, count);
				copy.set(bytes(this, count));
				return textDecoder(name).decode(copy);
			},
			set(value) {
				const text = check(value);
				// No string has fewer bytes than units: one that is much too long is not encoded first.
				const encoded = text.length > maxBytes ? undefined : encode(text, name);
				if (encoded === undefined || encoded.length > maxBytes) {
					return refuse("ERR_POOL_RANGE", name, `at most ${maxBytes} bytes of UTF-8`, text);
				}
				bytes(this, encoded.length).set(encoded);
				length.set.call(this, encoded.length);
			},
		};
	}

	return new ValueType(byteLength + maxBytes, alignment, `utf8(${maxBytes})`, accessor);
}
