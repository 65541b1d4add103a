import { assert } from "chai";
import { ByteBuffer } from "ebbpool/bytes";
import { expectCode } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

const samples = [
	"",
	"a",
	"ASCII only, of some length, more than a short text has",
	"\0\x7f",
	"\x80",
	"é",
	"ß ü ñ",
	"€",
	"日本語のテキスト",
	"😀",
	"👩‍👩‍👧‍👦 family",
	"\ufeffwith a mark",
	"\ud800",
	"\udfff",
	"a\ud800b",
	"\udc00\ud800",
	"\ud83d",
	"\ude00\ud83d",
	"\ud800\ud800\udc00",
];

/** Every sample, alone, behind and before ASCII of all lengths around the points where the encoder changes its way. */
function* texts(): Generator<string> {
	for (const sample of samples) {
		yield sample;
		for (const length of [1, 11, 12, 13, 30, 31, 32, 33, 60, 63, 64, 65, 200]) {
			yield "x".repeat(length) + sample;
			yield sample + "y".repeat(length);
			yield sample.repeat(length);
		}
	}
}

export const bytesText: Suite = {
	name: "ByteBuffer's text",
	cases: [
		{
			name: "strings are UTF-8 as TextEncoder makes it, whatever room there is before and behind",
			run() {
				for (const text of texts()) {
					const expected = encode(text);
					for (const [capacity, before] of [
						[0, 0],
						[0, 1],
						[16, 5],
						[expected.length, 0],
						[expected.length, 1],
						[3 * text.length + 8, 8],
					] as const) {
						const buffer = new ByteBuffer(capacity);
						for (let i = 0; i < before; i++) buffer.writeByte(i);
						assert.strictEqual(buffer.writeString(text), expected.length);
						assert.strictEqual(buffer.length, before + expected.length);
						for (let i = 0; i < before; i++) assert.strictEqual(buffer.readByte(), i);
						assert.deepEqual(buffer.bytes(), expected, JSON.stringify(text));
					}
				}
			},
		},
		{
			name: "toString and readString decode as TextDecoder does, and drop no byte order mark",
			run() {
				for (const text of texts()) {
					const bytes = encode(text);
					const expected = decode(bytes);
					const buffer = new ByteBuffer();
					buffer.write(bytes);
					assert.strictEqual(buffer.toString(), expected);
					assert.strictEqual(`${buffer}`, expected);
					assert.strictEqual(buffer.readString(bytes.length), expected);
					assert.strictEqual(buffer.length, 0);
				}
			},
		},
		{
			name: "bytes that are no UTF-8 become U+FFFD, as with TextDecoder",
			run() {
				for (const wrong of [
					[0x80],
					[0xff, 0xfe],
					[0xc3],
					[0xe2, 0x82],
					[0xf0, 0x9f, 0x98],
					[0x61, 0xc0, 0x80],
				]) {
					const buffer = new ByteBuffer();
					buffer.write(Uint8Array.from(wrong));
					assert.strictEqual(buffer.toString(), decode(Uint8Array.from(wrong)));
				}
			},
		},
		{
			name: "readString reads bytes, not characters, and only what is held",
			run() {
				const buffer = new ByteBuffer();
				buffer.writeString("é€");
				assert.strictEqual(buffer.readString(2), "é");
				expectCode("ERR_POOL_RANGE", () => buffer.readString(4));
				expectCode("ERR_POOL_RANGE", () => buffer.readString(-1));
				expectCode("ERR_POOL_ARGUMENT", () => buffer.readString("3" as unknown as number));
				assert.strictEqual(buffer.readString(3), "€");
			},
		},
		{
			name: "a string that is most of a mebibyte is written whole",
			run() {
				for (const piece of ["plain ASCII ", "mïxed tëxt ", "日本語", "😀"]) {
					const text = piece.repeat(100_000);
					const buffer = new ByteBuffer(1000);
					assert.strictEqual(buffer.writeString(text), encode(text).length);
					assert.isTrue(buffer.toString() === text, piece);
				}
			},
		},
		{
			name: "only strings are written as strings",
			run() {
				const buffer = new ByteBuffer();
				for (const wrong of [1, null, undefined, {}, new Uint8Array(1), new String("object")]) {
					expectCode("ERR_POOL_ARGUMENT", () => buffer.writeString(wrong as string));
				}
				assert.strictEqual(buffer.length, 0);
			},
		},
	],
};
