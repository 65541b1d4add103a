import { assert } from "chai";
import { struct } from "ebbpool/shared";
import { expectCode } from "../../support/expect.ts";
import type { Suite } from "../../support/kit.ts";
import { refuses, single } from "./single.ts";

const TOO_LONG = [
	"abcdefghi",
	"ééééé",
	"aaaaaa€",
	"aaaaaaa😀",
	"😀😀😀",
	"a".repeat(10_000),
	"€".repeat(10_000),
];
const FITTING = ["", "a", "abcdefgh", "éééé", "aaaaa€", "😀😀", "\0", "a\0b\0", "\ufeffbom", "\u2028"];

export const strings: Suite = {
	name: "struct: strings",
	cases: [
		{
			name: "a string that fits comes back as it was, also an empty one, a NUL and a byte order mark",
			run() {
				const fields = single(struct.utf8(8));
				assert.strictEqual(fields.value, "");
				for (const text of FITTING) {
					fields.value = text;
					assert.strictEqual(fields.value, text);
				}
			},
		},
		{
			name: "a string that is too long is ERR_POOL_RANGE, is never cut, and leaves the member as it was",
			run() {
				const fields = single(struct.utf8(8));
				for (const text of TOO_LONG) {
					fields.value = "before 1";
					expectCode("ERR_POOL_RANGE", () => {
						fields.value = text;
					});
					assert.strictEqual(fields.value, "before 1");
				}
			},
		},
		refuses(struct.utf8(8), "string"),
		{
			name: "lone surrogates become U+FFFD",
			run() {
				const fields = single(struct.utf8(9));
				fields.value = "\ud800 \udc00";
				assert.strictEqual(fields.value, "\ufffd \ufffd");
			},
		},
		{
			name: "every bound works at which the width of the stored length changes, and beyond the scratch memory",
			run() {
				for (const bound of [1, 255, 256, 4095, 4096, 4097, 65535, 65536, 70_000]) {
					const layout = struct({ before: "u8", text: struct.utf8(bound), after: "u8" });
					const fields = layout.createFields(new SharedArrayBuffer(layout.byteLength), 0);
					fields.before = 1;
					fields.after = 2;
					const full = "x".repeat(bound);
					fields.text = full;
					assert.isTrue(fields.text === full, `${bound} bytes`);
					expectCode("ERR_POOL_RANGE", () => {
						fields.text = `${full}y`;
					});
					assert.deepEqual([fields.before, fields.after], [1, 2]);
				}
			},
		},
		{
			name: "a text of exactly as many bytes as there is room for is taken, whatever it is made of",
			run() {
				const pieces = ["hello ", "é", "Привет ", "☺", "日本", "x", "😀"];
				for (const bound of [7, 40, 500, 1365, 1366, 4096, 5000]) {
					const fields = single(struct.utf8(bound));
					for (let first = 0; first < pieces.length; first++) {
						let [text, bytes] = ["", 0];
						for (let i = first; bytes < bound; i++) {
							const piece = pieces[i % pieces.length] as string;
							const length = new TextEncoder().encode(piece).length;
							const fits = bytes + length <= bound;
							text += fits ? piece : "x";
							bytes += fits ? length : 1;
						}
						fields.value = text;
						assert.isTrue(fields.value === text, `${bound} bytes from ${pieces[first]}`);
					}
				}
			},
		},
		{
			name: "memory full of rubbish is read without an error and never beyond the member",
			run() {
				const layout = struct({ text: struct.utf8(5), next: struct.array("u8", 8) });
				const memory = new SharedArrayBuffer(layout.byteLength);
				const fields = layout.createFields(memory, 0);
				new Uint8Array(memory).fill(0xff, 0, layout.offsets.next);
				fields.next.fill(0x41);
				assert.strictEqual(fields.text, "\ufffd".repeat(5));
			},
		},
	],
};
