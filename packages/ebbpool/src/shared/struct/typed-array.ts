import { ViewType } from "./field-type.ts";
import { SCALARS, type ScalarName } from "./scalar.ts";

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

export type NumberName = keyof TypedArrays & ScalarName;

export const CONSTRUCTORS: {
	readonly [Name in NumberName]: new (
		buffer: ArrayBufferLike,
		byteOffset: number,
		length: number,
	) => TypedArrays[Name];
} = {
	u8: Uint8Array,
	i8: Int8Array,
	u16: Uint16Array,
	i16: Int16Array,
	u32: Uint32Array,
	i32: Int32Array,
	f32: Float32Array,
	f64: Float64Array,
	i64: BigInt64Array,
	u64: BigUint64Array,
};

/** Numbers one after the other, as a typed array of fixed length. */
export function typedArray<Name extends NumberName>(
	element: Name,
	length: number,
): ViewType<TypedArrays[Name]> {
	const { byteLength, alignment } = SCALARS[element];
	const TypedArray = CONSTRUCTORS[element];
	return new ViewType(
		byteLength * length,
		alignment,
		`${element}[${length}]`,
		(buffer, byteOffset) => new TypedArray(buffer, byteOffset, length),
	);
}
