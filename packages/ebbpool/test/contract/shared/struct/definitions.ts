import { assert } from "chai";
import { struct } from "ebbpool/shared";
import { expectCode } from "../../support/expect.ts";
import type { Suite } from "../../support/kit.ts";
import { define } from "./single.ts";

const BAD_LENGTHS = [0, -1, 1.5, Number.NaN, Infinity, 2 ** 31, "8", null, undefined, 8n];
const BAD_TYPES = [
	"u33",
	"U8",
	"string",
	"",
	"toString",
	8,
	null,
	undefined,
	{},
	[],
	() => "u8",
	{ id: "u8" },
];
const BAD_NAMES = [
	"constructor",
	"toString",
	"valueOf",
	"hasOwnProperty",
	"__proto__",
	"0",
	"12",
	"",
	"a b",
	"a-b",
];

export const definitions: Suite = {
	name: "struct: definitions",
	cases: [
		{
			name: "an unknown type is ERR_POOL_OPTION, names the member and the types there are",
			run() {
				for (const type of BAD_TYPES) {
					const { message } = expectCode("ERR_POOL_OPTION", () => define({ good: "u8", wrong: type }));
					assert.include(message, "type of wrong");
					assert.include(message, "u8, i8, u16");
				}
			},
		},
		{
			name: "a struct without members, or something else than an object, is ERR_POOL_OPTION",
			run() {
				assert.include(expectCode("ERR_POOL_OPTION", () => define({})).message, "got 0");
				for (const definition of [undefined, null, 8, "u8", ["u8"], () => ({})]) {
					expectCode("ERR_POOL_OPTION", () => define(definition));
				}
			},
		},
		{
			name: "names that every object has, numbers and what is no identifier are ERR_POOL_OPTION",
			run() {
				for (const name of BAD_NAMES) {
					const definition = Object.defineProperty({}, name, { value: "u8", enumerable: true });
					assert.include(
						expectCode("ERR_POOL_OPTION", () => define(definition)).message,
						JSON.stringify(name),
					);
				}
				for (const name of ["id", "$", "_x", "größe", "then", "length"]) define({ [name]: "u8" });
			},
		},
		{
			name: "lengths that are no positive integers are ERR_POOL_OPTION",
			run() {
				for (const length of BAD_LENGTHS) {
					expectCode("ERR_POOL_OPTION", () => struct.utf8(length as number));
					expectCode("ERR_POOL_OPTION", () => struct.array("u8", length as number));
					expectCode("ERR_POOL_OPTION", () => struct.array(struct({ a: "u8" }), length as number));
				}
			},
		},
		{
			name: "array elements must be numbers, structs or arrays",
			run() {
				for (const element of ["bool", "u33", "", null, undefined, {}, struct.utf8(3)]) {
					expectCode("ERR_POOL_OPTION", () => struct.array(element as "u8", 4));
				}
			},
		},
		{
			name: "a struct longer than 2 GiB is ERR_POOL_OPTION",
			run() {
				const huge = struct.array(struct.array("f64", 2 ** 20), 2 ** 10);
				assert.include(expectCode("ERR_POOL_OPTION", () => struct({ huge })).message, String(2 ** 33));
			},
		},
		{
			name: "a definition changed afterwards does not change the layout",
			run() {
				const definition: Record<string, "u8" | "f64"> = { a: "u8" };
				const layout = struct(definition);
				definition.a = "f64";
				definition.b = "f64";
				assert.strictEqual(layout.byteLength, 1);
				assert.notProperty(layout.createFields(new SharedArrayBuffer(1), 0), "b");
			},
		},
	],
};
