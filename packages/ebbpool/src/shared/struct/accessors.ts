import { ifPossible } from "../../base/engine.ts";
import type { Check } from "./check.ts";
import type { Accessor } from "./field-type.ts";

/**
 * Makes the accessor of a number of one kind.
 *
 * Engines box a number that goes through a call which they do not inline, so that accessors must be inlined even where
 * one function uses many. V8 always inlines what has less than 27 bytes of bytecode, and else up to 920 bytes in one
 * function: the getters here have at most 26, since they find what they need in their innermost scope, and the setters
 * about 33. JavaScriptCore inlines a method that is named in the code, but not one that comes in a variable: hence one
 * pair for each kind (npm run -w bench start -- struct-access).
 */
export type MakeAccessor<T> = (offset: number, check: Check<T>, littleEndian: boolean) => Accessor<T>;

// Of a fields object nothing may be looked up by name: its struct may have members of these names, and such a look-up is
// megamorphic as soon as a program has a handful of layouts.
const {
	getUint8,
	setUint8,
	getInt8,
	setInt8,
	getUint16,
	setUint16,
	getInt16,
	setInt16,
	getUint32,
	setUint32,
	getInt32,
	setInt32,
	getFloat32,
	setFloat32,
	getFloat64,
	setFloat64,
	getBigInt64,
	setBigInt64,
	getBigUint64,
	setBigUint64,
} = ifPossible(() => DataView.prototype) ?? ({} as DataView);

export const uint8: MakeAccessor<number> = (offset, check) => ({
	get() {
		return getUint8.call(this, offset);
	},
	set(value) {
		setUint8.call(this, offset, check(value));
	},
});

export const int8: MakeAccessor<number> = (offset, check) => ({
	get() {
		return getInt8.call(this, offset);
	},
	set(value) {
		setInt8.call(this, offset, check(value));
	},
});

export const uint16: MakeAccessor<number> = (offset, check, littleEndian) => ({
	get() {
		return getUint16.call(this, offset, littleEndian);
	},
	set(value) {
		setUint16.call(this, offset, check(value), littleEndian);
	},
});

export const int16: MakeAccessor<number> = (offset, check, littleEndian) => ({
	get() {
		return getInt16.call(this, offset, littleEndian);
	},
	set(value) {
		setInt16.call(this, offset, check(value), littleEndian);
	},
});

export const uint32: MakeAccessor<number> = (offset, check, littleEndian) => ({
	get() {
		return getUint32.call(this, offset, littleEndian);
	},
	set(value) {
		setUint32.call(this, offset, check(value), littleEndian);
	},
});

export const int32: MakeAccessor<number> = (offset, check, littleEndian) => ({
	get() {
		return getInt32.call(this, offset, littleEndian);
	},
	set(value) {
		setInt32.call(this, offset, check(value), littleEndian);
	},
});

export const float32: MakeAccessor<number> = (offset, check, littleEndian) => ({
	get() {
		return getFloat32.call(this, offset, littleEndian);
	},
	set(value) {
		setFloat32.call(this, offset, check(value), littleEndian);
	},
});

export const float64: MakeAccessor<number> = (offset, check, littleEndian) => ({
	get() {
		return getFloat64.call(this, offset, littleEndian);
	},
	set(value) {
		setFloat64.call(this, offset, check(value), littleEndian);
	},
});

export const bigInt64: MakeAccessor<bigint> = (offset, check, littleEndian) => ({
	get() {
		return getBigInt64.call(this, offset, littleEndian);
	},
	set(value) {
		setBigInt64.call(this, offset, check(value), littleEndian);
	},
});

export const bigUint64: MakeAccessor<bigint> = (offset, check, littleEndian) => ({
	get() {
		return getBigUint64.call(this, offset, littleEndian);
	},
	set(value) {
		setBigUint64.call(this, offset, check(value), littleEndian);
	},
});

export const bool = (offset: number, check: Check<boolean>): Accessor<boolean> => ({
	get() {
		return getUint8.call(this, offset) !== 0;
	},
	set(value) {
		setUint8.call(this, offset, check(value) ? 1 : 0);
	},
});
