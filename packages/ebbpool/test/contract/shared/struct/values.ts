import { assert } from "chai";
import { struct } from "ebbpool/shared";
import { expectCode } from "../../support/expect.ts";
import type { Case, Suite } from "../../support/kit.ts";
import { refuses, single } from "./single.ts";

const integers: Record<string, readonly [min: number, max: number]> = {
	u8: [0, 255],
	i8: [-128, 127],
	u16: [0, 65535],
	i16: [-32768, 32767],
	u32: [0, 4294967295],
	i32: [-2147483648, 2147483647],
};

const bigIntegers: Record<string, readonly [min: bigint, max: bigint]> = {
	u64: [0n, 18446744073709551615n],
	i64: [-9223372036854775808n, 9223372036854775807n],
};

const integerCases = Object.entries(integers).flatMap(([type, [min, max]]): Case[] => [
	{
		name: `${type} keeps every integer from ${min} to ${max}, and nothing else gets in`,
		run() {
			const fields = single(type);
			for (const value of [min, min + 1, 0, 1, max - 1, max]) {
				fields.value = value;
				assert.strictEqual(fields.value, value);
			}
			for (const value of [min - 1, max + 1, 0.5, min - 0.5, Number.NaN, Infinity, -Infinity, 2 ** 53]) {
				const { message } = expectCode("ERR_POOL_RANGE", () => {
					fields.value = value;
				});
				assert.include(message, `from ${min} to ${max}, got ${value}`);
				assert.strictEqual(fields.value, max);
			}
		},
	},
	refuses(type, "number"),
]);

const bigIntegerCases = Object.entries(bigIntegers).flatMap(([type, [min, max]]): Case[] => [
	{
		name: `${type} keeps every bigint from ${min} to ${max}, and nothing else gets in`,
		run() {
			const fields = single(type);
			for (const value of [min, min + 1n, 0n, 2n ** 53n + 1n, max - 1n, max]) {
				fields.value = value;
				assert.strictEqual(fields.value, value);
			}
			for (const value of [min - 1n, max + 1n, 2n ** 64n, -(2n ** 64n)]) {
				expectCode("ERR_POOL_RANGE", () => {
					fields.value = value;
				});
				assert.strictEqual(fields.value, max);
			}
		},
	},
	refuses(type, "bigint"),
]);

export const values: Suite = {
	name: "struct: numbers, bigints and booleans",
	cases: [
		...integerCases,
		...bigIntegerCases,
		{
			name: "f64 keeps every number as it is, f32 rounds to single precision",
			run() {
				const numbers = [
					0,
					-0,
					0.1,
					1 / 3,
					Number.MAX_VALUE,
					Number.MIN_VALUE,
					Infinity,
					-Infinity,
					Number.NaN,
				];
				for (const number of numbers) {
					const [wide, narrow] = [single("f64"), single("f32")];
					wide.value = number;
					narrow.value = number;
					assert.isTrue(Object.is(wide.value, number), String(number));
					assert.isTrue(Object.is(narrow.value, Math.fround(number)), String(number));
				}
			},
		},
		refuses("f32", "number"),
		refuses("f64", "number"),
		{
			name: "bool keeps true and false in one byte",
			run() {
				const layout = struct({ on: "bool" });
				assert.strictEqual(layout.byteLength, 1);
				const fields = layout.createFields(new SharedArrayBuffer(1), 0);
				assert.strictEqual(fields.on, false);
				fields.on = true;
				assert.strictEqual(fields.on, true);
				fields.on = false;
				assert.strictEqual(fields.on, false);
			},
		},
		refuses("bool", "boolean"),
	],
};
