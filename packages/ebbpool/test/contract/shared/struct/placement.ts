import { assert } from "chai";
import { struct } from "ebbpool/shared";
import { expectCode } from "../../support/expect.ts";
import type { Suite } from "../../support/kit.ts";
import { define } from "./single.ts";

export const placement: Suite = {
	name: "struct: layout",
	cases: [
		{
			name: "members lie in the order of the definition, each at the next multiple of its size",
			run() {
				const layout = struct({
					a: "u8",
					b: "u32",
					c: "u8",
					d: "u16",
					e: "f64",
					f: "bool",
					g: struct.array("u16", 3),
					h: struct({ x: "u8", y: "u64" }),
					i: struct.utf8(10),
				});
				const offsets = { a: 0, b: 4, c: 8, d: 10, e: 16, f: 24, g: 26, h: 32, i: 48 };
				assert.deepEqual(layout.offsets, offsets);
				assert.strictEqual(layout.alignment, 8);
				assert.strictEqual(layout.byteLength, 64);
			},
		},
		{
			name: "alignment is that of the largest member, and the length a multiple of it",
			run() {
				const shapes = [
					[{ a: "u8" }, 1, 1],
					[{ a: "u16", b: "u8" }, 2, 4],
					[{ a: struct.array("u8", 3), b: "f32" }, 4, 8],
					[{ a: struct.array("i64", 1), b: "u8" }, 8, 16],
					[{ a: struct({ b: struct({ c: "f64" }) }), d: "bool" }, 8, 16],
				] as const;
				for (const [definition, alignment, byteLength] of shapes) {
					const layout = define(definition);
					assert.deepEqual([layout.alignment, layout.byteLength], [alignment, byteLength]);
				}
			},
		},
		{
			name: "members do not overlap: writing one leaves all others as they were",
			run() {
				const types = ["u8", "i8", "u16", "i16", "u32", "i32", "f32", "f64", "bool"];
				const definition = Object.fromEntries(types.map((type, i) => [`m${i}`, type]));
				const layout = define(definition);
				const fields = layout.createFields(new SharedArrayBuffer(layout.byteLength), 0) as Record<
					string,
					unknown
				>;
				const written = types.map((type, i) => (type === "bool" ? true : i + 1));
				for (const [i, value] of written.entries()) fields[`m${i}`] = value;
				assert.deepEqual(
					types.map((_, i) => fields[`m${i}`]),
					written,
				);
			},
		},
		{
			name: "numbers are in the platform's byte order, as typed arrays have them",
			run() {
				const layout = struct({ a: "u32", b: "f64", c: "i16", d: "u64" });
				const memory = new SharedArrayBuffer(layout.byteLength);
				const fields = layout.createFields(memory, 0);
				Object.assign(fields, { a: 0x01020304, b: Math.PI, c: -2, d: 1n << 40n });
				assert.strictEqual(new Uint32Array(memory)[0], 0x01020304);
				assert.strictEqual(new Float64Array(memory)[1], Math.PI);
				assert.strictEqual(new Int16Array(memory)[layout.offsets.c / 2], -2);
				assert.strictEqual(new BigUint64Array(memory)[layout.offsets.d / 8], 1n << 40n);
			},
		},
		{
			name: "the signature is the same exactly for layouts that mean the same bytes",
			run() {
				const make = () => struct({ id: "u32", name: struct.utf8(8), list: struct.array("u8", 4) });
				assert.strictEqual(make().signature, make().signature);
				const all = [
					make(),
					struct({ name: struct.utf8(8), id: "u32", list: struct.array("u8", 4) }),
					struct({ id: "i32", name: struct.utf8(8), list: struct.array("u8", 4) }),
					struct({ id: "u32", name: struct.utf8(9), list: struct.array("u8", 4) }),
					struct({ id: "u32", name: struct.utf8(8), list: struct.array("u8", 5) }),
					struct({ id: "u32", name: struct.utf8(8), list: struct.array("i8", 4) }),
					struct({ id: "u32", name: struct.utf8(8), list: struct.array(struct({ v: "u8" }), 4) }),
					struct({ Id: "u32", name: struct.utf8(8), list: struct.array("u8", 4) }),
					struct({ all: make() }),
				];
				assert.lengthOf([...new Set(all.map(({ signature }) => signature))], all.length);
			},
		},
		{
			name: "createFields takes a place that is aligned and inside the buffer, shared or not, and no other",
			run() {
				const layout = struct({ a: "f64", b: "u8" });
				for (const buffer of [new SharedArrayBuffer(64), new ArrayBuffer(64)]) {
					for (const byteOffset of [0, 8, 48]) layout.createFields(buffer, byteOffset).a = byteOffset;
					assert.deepEqual([...new Float64Array(buffer)], [0, 8, 0, 0, 0, 0, 48, 0]);
					for (const byteOffset of [-8, 4, 56, 64, 0.5, Number.NaN, Infinity, "8", [8], null, true]) {
						expectCode("ERR_POOL_RANGE", () => layout.createFields(buffer, byteOffset as number));
					}
				}
				for (const buffer of [undefined, null, {}, new Uint8Array(64), "buffer", 64]) {
					expectCode("ERR_POOL_ARGUMENT", () => layout.createFields(buffer as ArrayBuffer, 0));
				}
			},
		},
		{
			name: "what is no member cannot be kept on the fields, where the next user would find it",
			run() {
				const layout = struct({ a: "f64", inner: struct({ b: "u8" }) });
				const fields = layout.createFields(new ArrayBuffer(16), 0);
				for (const each of [fields, fields.inner]) {
					assert.throws(() => Object.assign(each, { note: "mine" }), TypeError);
				}
			},
		},
	],
};
