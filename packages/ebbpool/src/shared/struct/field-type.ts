/** What a struct's member may be: where it fits, and how it is told apart from any other. */
export interface FieldType {
	/** In bytes; a multiple of `alignment` unless the type is a string. */
	readonly byteLength: number;
	/** What the member's offset must be a multiple of, in bytes; a power of two. */
	readonly alignment: number;
	/** The same for equal types, different for different ones. */
	readonly signature: string;
}

/** A getter and a setter for one member; `this` is the fields object that has it. */
export interface Accessor<T> {
	get(this: DataView): T;
	set(this: DataView, value: T): void;
}

/** A member that is read and written as a whole: a number, a boolean, a string. */
export abstract class ValueType<T> implements FieldType {
	abstract readonly byteLength: number;
	abstract readonly alignment: number;
	abstract readonly signature: string;
	/**
	 * @param offset - of the member inside its struct, in bytes
	 * @param name - for messages
	 */
	abstract accessor(offset: number, name: string): Accessor<T>;
}

/** A member that is worked on in place, through one object that stays the same: an array, another struct. */
export abstract class ViewType<T extends object> implements FieldType {
	abstract readonly byteLength: number;
	abstract readonly alignment: number;
	abstract readonly signature: string;
	/**
	 * @param byteOffset - a multiple of `alignment`, with `byteLength` bytes behind it
	 * @internal
	 */
	abstract viewOf(buffer: ArrayBufferLike, byteOffset: number): T;
}

export type AnyFieldType = ValueType<unknown> | ViewType<object>;
