import { fromEngine, ifPossible } from "../../base/engine.ts";
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

/** The typed array for each scalar that has one. */
export interface TypedArrays {
	readonly u8: Uint8Array;
	readonly i8: Int8Array;
	readonly u16: Uint16Array;
	readonly i16: Int16Array;
	readonly u32: Uint32Array;
	readonly i32: Int32Array;
	readonly f32: Float32Array;
	readonly f64: Float64Array;
	readonly i64: BigInt64Array;
	readonly u64: BigUint64Array;
}

export type NumberName = keyof TypedArrays;

/** The TypeScript type of each scalar. */
export type ScalarValues = { readonly [Name in NumberName]: TypedArrays[Name][number] } & {
	readonly bool: boolean;
};

export type ScalarName = keyof ScalarValues;

/** The platform's byte order, so that scalars and typed arrays agree about the same bytes. */
const LITTLE_ENDIAN = ifPossible(() => new Uint8Array(Uint16Array.of(1).buffer)[0] === 1) ?? true;

type ArrayConstructor<View> = {
	readonly BYTES_PER_ELEMENT: number;
	new (buffer: ArrayBufferLike, byteOffset: number, length: number): View;
};

/** A number, and what makes an array of such numbers. */
export class NumberType<T, View> extends ValueType<T> {
	readonly TypedArray: ArrayConstructor<View>;

	constructor(
		name: NumberName,
		TypedArray: ArrayConstructor<View>,
		makeAccessor: MakeAccessor<T>,
		checkOf: MakeCheck<T>,
	) {
		const { BYTES_PER_ELEMENT } = TypedArray;
		super(BYTES_PER_ELEMENT, BYTES_PER_ELEMENT, name, (offset, member) =>
			makeAccessor(offset, checkOf(member), LITTLE_ENDIAN),
		);
		this.TypedArray = TypedArray;
	}
}

/** A kind of typed array; where the engine lacks it, what says so to whoever wants an array of such numbers. */
function typedArray<Name extends keyof typeof globalThis & `${string}Array`>(
	name: Name,
	bytes: number,
): (typeof globalThis)[Name] {
	class Lacking {
		static readonly BYTES_PER_ELEMENT = bytes;
		constructor() {
			fromEngine("struct.array", name);
		}
	}
	return globalThis[name] ?? (Lacking as unknown as (typeof globalThis)[Name]);
}

function integer<View>(
	name: NumberName,
	TypedArray: ArrayConstructor<View>,
	makeAccessor: MakeAccessor<number>,
	signed: 0 | 1,
): NumberType<number, View> {
	const count = 2 ** (8 * TypedArray.BYTES_PER_ELEMENT);
	const min = signed * (-count / 2);
	return new NumberType(name, TypedArray, makeAccessor, integerCheck(min, min + count - 1));
}

export const NUMBERS = {
	u8: integer("u8", typedArray("Uint8Array", 1), uint8, 0),
	i8: integer("i8", typedArray("Int8Array", 1), int8, 1),
	u16: integer("u16", typedArray("Uint16Array", 2), uint16, 0),
	i16: integer("i16", typedArray("Int16Array", 2), int16, 1),
	u32: integer("u32", typedArray("Uint32Array", 4), uint32, 0),
	i32: integer("i32", typedArray("Int32Array", 4), int32, 1),
	f32: new NumberType("f32", typedArray("Float32Array", 4), float32, numberCheck),
	f64: new NumberType("f64", typedArray("Float64Array", 8), float64, numberCheck),
	i64: new NumberType(
		"i64",
		typedArray("BigInt64Array", 8),
		bigInt64,
		bigintCheck(-(2n ** 63n), 2n ** 63n - 1n),
	),
	u64: new NumberType("u64", typedArray("BigUint64Array", 8), bigUint64, bigintCheck(0n, 2n ** 64n - 1n)),
} satisfies { readonly [Name in NumberName]: NumberType<ScalarValues[Name], TypedArrays[Name]> };

export const SCALARS: { readonly [Name in ScalarName]: ValueType<ScalarValues[Name]> } = {
	...NUMBERS,
	bool: new ValueType(1, 1, "bool", (offset, member) => bool(offset, booleanCheck(member))),
};
