/** What a struct's member may be: where it fits, and how it is told apart from any other. */
abstract class FieldType {
	/** In bytes; a multiple of `alignment` unless the type is a string. */
	readonly byteLength: number;
	/** What the member's offset must be a multiple of, in bytes; a power of two. */
	readonly alignment: number;
	/** The same for equal types, different for different ones. */
	readonly signature: string;

	constructor(byteLength: number, alignment: number, signature: string) {
		this.byteLength = byteLength;
		this.alignment = alignment;
		this.signature = signature;
	}
}

/** A getter and a setter for one member; `this` is the fields object that has it. */
export interface Accessor<T> {
	get(this: DataView): T;
	set(this: DataView, value: T): void;
}

/** A member that is read and written as a whole: a number, a boolean, a string. */
export class ValueType<T> extends FieldType {
	/** Given the member's offset inside its struct, in bytes, and its name, for messages. */
	readonly accessor: (offset: number, name: string) => Accessor<T>;

	constructor(
		byteLength: number,
		alignment: number,
		signature: string,
		accessor: (offset: number, name: string) => Accessor<T>,
	) {
		super(byteLength, alignment, signature);
		this.accessor = accessor;
	}
}

/** Makes the view of the memory from `byteOffset` on, which must be aligned and have the member's length behind it. */
type MakeView<T> = (buffer: ArrayBufferLike, byteOffset: number) => T;

/** A member that is worked on in place, through one object that stays the same: an array, another struct. */
export class ViewType<T extends object> extends FieldType {
	/** @internal */
	readonly viewOf: MakeView<T>;

	constructor(byteLength: number, alignment: number, signature: string, viewOf: MakeView<T>) {
		super(byteLength, alignment, signature);
		this.viewOf = viewOf;
	}
}

export type AnyFieldType = ValueType<unknown> | ViewType<object>;
