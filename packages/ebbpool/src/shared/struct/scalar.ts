import { PoolError, type PoolErrorCode } from "../../errors.ts";
import { describe } from "../../options.ts";
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

type MakeAccessor<T> = (offset: number, name: string) => Accessor<T>;

class Scalar<T> extends ValueType<T> {
	readonly byteLength: number;
	readonly alignment: number;
	readonly signature: ScalarName;
	readonly accessor: MakeAccessor<T>;

	constructor(name: ScalarName, bits: number, accessor: MakeAccessor<T>) {
		super();
		this.byteLength = bits / 8;
		this.alignment = this.byteLength;
		this.signature = name;
		this.accessor = accessor;
	}
}

/** The platform's byte order, so that scalars and typed arrays agree about the same bytes. */
const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

type Read<T> = (this: DataView, offset: number, littleEndian?: boolean) => T;
type Write<T> = (this: DataView, offset: number, value: T, littleEndian?: boolean) => void;

// These methods are called directly, never looked up on the fields object: such a look-up is megamorphic as soon as a
// program has a handful of layouts, and then costs ten times as much (bench/src/struct-access.ts).
const view = DataView.prototype;

function refuse(code: PoolErrorCode, name: string, expected: string, value: unknown): never {
	throw new PoolError(code, `${name}: expected ${expected}, got ${describe(value)}`);
}

/** `"i16"` → `[true, 16]` */
function parse(name: ScalarName): [signed: boolean, bits: number] {
	return [name.startsWith("i"), Number(name.slice(1))];
}

function integer(name: ScalarName, read: Read<number>, write: Write<number>): Scalar<number> {
	const [signed, bits] = parse(name);
	const min = signed ? -(2 ** (bits - 1)) : 0;
	const max = min + 2 ** bits - 1;
	return new Scalar(name, bits, (offset, member) => ({
		get() {
			return read.call(this, offset, LITTLE_ENDIAN);
		},
		set(value) {
			if (typeof value !== "number") refuse("ERR_POOL_ARGUMENT", member, "a number", value);
			if (!(value >= min && value <= max && Math.floor(value) === value)) {
				refuse("ERR_POOL_RANGE", member, `an integer from ${min} to ${max}`, value);
			}
			write.call(this, offset, value, LITTLE_ENDIAN);
		},
	}));
}

function bigInteger(name: ScalarName, read: Read<bigint>, write: Write<bigint>): Scalar<bigint> {
	const [signed, bits] = parse(name);
	const min = signed ? -(2n ** BigInt(bits - 1)) : 0n;
	const max = min + 2n ** BigInt(bits) - 1n;
	return new Scalar(name, bits, (offset, member) => ({
		get() {
			return read.call(this, offset, LITTLE_ENDIAN);
		},
		set(value) {
			if (typeof value !== "bigint") refuse("ERR_POOL_ARGUMENT", member, "a bigint", value);
			if (value < min || value > max) {
				refuse("ERR_POOL_RANGE", member, `a bigint from ${min} to ${max}`, value);
			}
			write.call(this, offset, value, LITTLE_ENDIAN);
		},
	}));
}

function float(name: ScalarName, read: Read<number>, write: Write<number>): Scalar<number> {
	const [, bits] = parse(name);
	return new Scalar(name, bits, (offset, member) => ({
		get() {
			return read.call(this, offset, LITTLE_ENDIAN);
		},
		set(value) {
			if (typeof value !== "number") refuse("ERR_POOL_ARGUMENT", member, "a number", value);
			write.call(this, offset, value, LITTLE_ENDIAN);
		},
	}));
}

const bool = new Scalar<boolean>("bool", 8, (offset, member) => ({
	get() {
		return view.getUint8.call(this, offset) !== 0;
	},
	set(value) {
		if (typeof value !== "boolean") refuse("ERR_POOL_ARGUMENT", member, "a boolean", value);
		view.setUint8.call(this, offset, value ? 1 : 0);
	},
}));

export const SCALARS: { readonly [Name in ScalarName]: ValueType<ScalarValues[Name]> } = {
	u8: integer("u8", view.getUint8, view.setUint8),
	i8: integer("i8", view.getInt8, view.setInt8),
	u16: integer("u16", view.getUint16, view.setUint16),
	i16: integer("i16", view.getInt16, view.setInt16),
	u32: integer("u32", view.getUint32, view.setUint32),
	i32: integer("i32", view.getInt32, view.setInt32),
	f32: float("f32", view.getFloat32, view.setFloat32),
	f64: float("f64", view.getFloat64, view.setFloat64),
	i64: bigInteger("i64", view.getBigInt64, view.setBigInt64),
	u64: bigInteger("u64", view.getBigUint64, view.setBigUint64),
	bool,
};
