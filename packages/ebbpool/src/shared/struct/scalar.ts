import { bigintCheck, booleanCheck, type Check, integerCheck, type MakeCheck, numberCheck } from "./check.ts";
import {
	type Access,
	bigInt64,
	bigUint64,
	float32,
	float64,
	int8,
	int16,
	int32,
	type Read,
	uint8,
	uint16,
	uint32,
	type Write,
} from "./data-view.ts";
import { type Accessor, ValueType } from "./field-type.ts";

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

/**
 * The accessor of every number. Engines box a number that goes through a call which they do not inline, so that these
 * must be inlined however many of them one function uses: V8 does so with bodies of less than 27 bytes of bytecode.
 * Hence all that they need is in their innermost scope, and the setter is one expression (bench/src/struct-access.ts).
 */
function numberAccessor<T>(
	read: Read<T>,
	write: Write<T>,
	check: Check<T>,
	offset: number,
	littleEndian: boolean,
): Accessor<T> {
	return {
		get() {
			return read(this, offset, littleEndian);
		},
		set(value) {
			return write(this, offset, check(value), littleEndian);
		},
	};
}

class NumberType<T extends number | bigint> extends ValueType<T> {
	readonly byteLength: number;
	readonly alignment: number;
	readonly signature: ScalarName;
	readonly #access: Access<T>;
	readonly #check: MakeCheck<T>;

	constructor(name: ScalarName, bits: number, access: Access<T>, check: MakeCheck<T>) {
		super();
		this.byteLength = bits / 8;
		this.alignment = this.byteLength;
		this.signature = name;
		this.#access = access;
		this.#check = check;
	}

	accessor(offset: number, name: string): Accessor<T> {
		const { read, write } = this.#access;
		return numberAccessor(read, write, this.#check(name), offset, LITTLE_ENDIAN);
	}
}

const unsigned = (bits: number): MakeCheck<number> => integerCheck(0, 2 ** bits - 1);
const signed = (bits: number): MakeCheck<number> => integerCheck(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1);

class BooleanType extends ValueType<boolean> {
	readonly byteLength = 1;
	readonly alignment = 1;
	readonly signature = "bool";

	accessor(offset: number, name: string): Accessor<boolean> {
		const { read, write } = uint8;
		const check = booleanCheck(name);
		return {
			get() {
				return read(this, offset, LITTLE_ENDIAN) !== 0;
			},
			set(value) {
				write(this, offset, check(value) ? 1 : 0, LITTLE_ENDIAN);
			},
		};
	}
}

export const SCALARS = {
	u8: new NumberType("u8", 8, uint8, unsigned(8)),
	i8: new NumberType("i8", 8, int8, signed(8)),
	u16: new NumberType("u16", 16, uint16, unsigned(16)),
	i16: new NumberType("i16", 16, int16, signed(16)),
	u32: new NumberType("u32", 32, uint32, unsigned(32)),
	i32: new NumberType("i32", 32, int32, signed(32)),
	f32: new NumberType("f32", 32, float32, numberCheck),
	f64: new NumberType("f64", 64, float64, numberCheck),
	i64: new NumberType("i64", 64, bigInt64, bigintCheck(-(2n ** 63n), 2n ** 63n - 1n)),
	u64: new NumberType("u64", 64, bigUint64, bigintCheck(0n, 2n ** 64n - 1n)),
	bool: new BooleanType(),
} satisfies { readonly [Name in ScalarName]: ValueType<ScalarValues[Name]> };
