/** `method` as a function of its object and its arguments; engines inline one as they do the other. */
function uncurry<Args extends unknown[], R>(
	method: (this: DataView, ...args: Args) => R,
): (view: DataView, ...args: Args) => R {
	return Function.prototype.call.bind(method) as (view: DataView, ...args: Args) => R;
}

function getter<Key extends "buffer" | "byteOffset">(key: Key): (view: DataView) => DataView[Key] {
	const { get } = Object.getOwnPropertyDescriptor(DataView.prototype, key) as { get: () => DataView[Key] };
	return uncurry(get);
}

type ReadMethod<T> = (this: DataView, offset: number, littleEndian?: boolean) => T;
type WriteMethod<T> = (this: DataView, offset: number, value: T, littleEndian?: boolean) => void;

export type Read<T> = (view: DataView, offset: number, littleEndian: boolean) => T;
export type Write<T> = (view: DataView, offset: number, value: T, littleEndian: boolean) => void;

/** How one kind of number is read and written. */
export interface Access<T> {
	readonly read: Read<T>;
	readonly write: Write<T>;
}

function access<T>(read: ReadMethod<T>, write: WriteMethod<T>): Access<T> {
	return { read: uncurry(read), write: uncurry(write) };
}

const methods = DataView.prototype;

// Of a fields object nothing may be looked up by name: its struct may have members of these names, and such a look-up is
// megamorphic as soon as a program has a handful of layouts.

export const bufferOf = getter("buffer");
export const byteOffsetOf = getter("byteOffset");

export const uint8 = access(methods.getUint8, methods.setUint8);
export const int8 = access(methods.getInt8, methods.setInt8);
export const uint16 = access(methods.getUint16, methods.setUint16);
export const int16 = access(methods.getInt16, methods.setInt16);
export const uint32 = access(methods.getUint32, methods.setUint32);
export const int32 = access(methods.getInt32, methods.setInt32);
export const float32 = access(methods.getFloat32, methods.setFloat32);
export const float64 = access(methods.getFloat64, methods.setFloat64);
export const bigInt64 = access(methods.getBigInt64, methods.setBigInt64);
export const bigUint64 = access(methods.getBigUint64, methods.setBigUint64);
