import {
	bigInt64,
	bigUint64,
	bool,
	float32,
	float64,
	int8,
	int16,
	int32,
	type MakeAccessor,
	uint8,
	uint16,
	uint32,
} from "./accessors.ts";
import { bigintCheck, booleanCheck, integerCheck, type MakeCheck, numberCheck } from "./check.ts";
import { ValueType } from "./field-type.ts";

/** The TypeScript type of each scalar. */
export interface ScalarValues {
	readonly u8: number;
	readonly i8: number;
	readonly u16: number;
	readonly i16: number;
	readonly u32: number;
	readonly i32: number;
	readonly f32: number;
	readonly f64: number;
	readonly i64: bigint;
	readonly u64: bigint;
	readonly bool: boolean;
}

export type ScalarName = keyof ScalarValues;

/** The platform's byte order, so that scalars and typed arrays agree about the same bytes. */
const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function scalar<T>(
	name: ScalarName,
	bits: number,
	makeAccessor: MakeAccessor<T>,
	checkOf: MakeCheck<T>,
): ValueType<T> {
	const byteLength = bits / 8;
	return new ValueType(byteLength, byteLength, name, (offset, member) =>
		makeAccessor(offset, checkOf(member), LITTLE_ENDIAN),
	);
}

const unsigned = (bits: number): MakeCheck<number> => integerCheck(0, 2 ** bits - 1);
const signed = (bits: number): MakeCheck<number> => integerCheck(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1);

export const SCALARS = {
	u8: scalar("u8", 8, uint8, unsigned(8)),
	i8: scalar("i8", 8, int8, signed(8)),
	u16: scalar("u16", 16, uint16, unsigned(16)),
	i16: scalar("i16", 16, int16, signed(16)),
	u32: scalar("u32", 32, uint32, unsigned(32)),
	i32: scalar("i32", 32, int32, signed(32)),
	f32: scalar("f32", 32, float32, numberCheck),
	f64: scalar("f64", 64, float64, numberCheck),
	i64: scalar("i64", 64, bigInt64, bigintCheck(-(2n ** 63n), 2n ** 63n - 1n)),
	u64: scalar("u64", 64, bigUint64, bigintCheck(0n, 2n ** 64n - 1n)),
	bool: scalar("bool", 8, bool, booleanCheck),
} satisfies { readonly [Name in ScalarName]: ValueType<ScalarValues[Name]> };
