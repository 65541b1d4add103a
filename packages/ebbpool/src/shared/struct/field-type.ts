import { inspectSymbol } from "../../base/inspect-symbol.ts";

/** Names what a type is to all copies of this package: one may be part of what another one makes. */
const KIND = Symbol.for("ebbpool.field-type.1");

const kindOf = (type: unknown): unknown => Object(type)[KIND];

/** What a struct's member may be: where it fits, how it is told apart from any other, and how it is got at. */
abstract class FieldType<Access> {
	/** In bytes; a multiple of `alignment` unless the type is a string. */
	readonly byteLength: number;
	/** What the member's offset must be a multiple of, in bytes; a power of two. */
	readonly alignment: number;
	/** The same for equal types, different for different ones. */
	readonly signature: string;
	/** @internal */
	readonly access: Access;
	/** @internal */
	abstract readonly [KIND]: "value" | "view";

	constructor(byteLength: number, alignment: number, signature: string, access: Access) {
		this.byteLength = byteLength;
		this.alignment = alignment;
		this.signature = signature;
		this.access = access;
	}

	/** @internal */
	[inspectSymbol](): string {
		return `${this.signature} of ${this.byteLength} bytes`;
	}
}

/** A getter and a setter for one member; `this` is the fields object that has it. */
export interface Accessor<T> {
	get(this: DataView): T;
	set(this: DataView, value: T): void;
}

/** Given the member's offset inside its struct, in bytes, and what messages call it. */
type MakeAccessor<T> = (offset: number, name: string) => Accessor<T>;

/** A member that is read and written as a whole: a number, a boolean, a string. */
export class ValueType<T> extends FieldType<MakeAccessor<T>> {
	/** @internal */
	override readonly [KIND] = "value";
}

/** Makes the view of the memory from `byteOffset` on, which must be aligned and have the member's length behind it. */
type MakeView<T> = (buffer: ArrayBufferLike, byteOffset: number) => T;

/** A member that is worked on in place, through one object that stays the same: an array, another struct. */
export class ViewType<T extends object> extends FieldType<MakeView<T>> {
	/** @internal */
	override readonly [KIND] = "view";
}

export type AnyFieldType = ValueType<unknown> | ViewType<object>;

export const isValue = (type: unknown): type is ValueType<unknown> => kindOf(type) === "value";
export const isView = (type: unknown): type is ViewType<object> => kindOf(type) === "view";
