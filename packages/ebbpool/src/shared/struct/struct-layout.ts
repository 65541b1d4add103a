import { inspectSymbol } from "../../base/inspect-symbol.ts";
import { anInteger, expectValue, type Rule } from "../../base/rules.ts";
import { roundUp } from "../core/layout.ts";
import { aByteLength } from "../rules.ts";
import { type AnyFieldType, isView, ViewType } from "./field-type.ts";

/** A member and where it lies in its struct, in bytes. */
interface Member {
	readonly name: string;
	readonly offset: number;
	readonly type: AnyFieldType;
}

type FieldsClass<Fields> = new (buffer: ArrayBufferLike, byteOffset: number) => Fields;

const aBuffer: Rule = {
	expected: "a SharedArrayBuffer or an ArrayBuffer",
	accepts: (value) => /^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(value)),
};

/** Gives each member the first aligned offset behind the one before it, as C does. */
function place(types: Iterable<readonly [string, Member["type"]]>): Member[] {
	const members: Member[] = [];
	let end = 0;
	for (const [name, type] of types) {
		const offset = roundUp(end, type.alignment);
		members.push({ name, offset, type });
		end = offset + type.byteLength;
	}
	return members;
}

/**
 * A class whose instances give access to the members. An instance *is* the `DataView` over its bytes: values are
 * accessors on the prototype that read it, arrays and nested structs are properties of their own.
 */
function makeFieldsClass<Fields>(byteLength: number, members: readonly Member[]): FieldsClass<Fields> {
	// Not a method: a member may be called toJSON.
	const valuesOf = (fields: object) =>
		Object.fromEntries(members.map(({ name }) => [name, Reflect.get(fields, name)]));

	class StructFields extends DataView<ArrayBufferLike> {
		constructor(buffer: ArrayBufferLike, byteOffset: number) {
			super(buffer, byteOffset, byteLength);
			for (const { name, offset, type } of members) {
				if (isView(type)) {
					const value = type.access(buffer, byteOffset + offset);
					Object.defineProperty(this, name, { value, enumerable: true });
				}
			}
			// What is no member would stay for the next user.
			Object.preventExtensions(this);
		}

		/** So that `JSON.stringify` writes all members, and not only those that are objects. */
		toJSON(): object {
			return valuesOf(this);
		}

		/** So that `console.log` shows the members, and not the memory of the whole buffer. */
		[inspectSymbol](): object {
			return valuesOf(this);
		}
	}

	for (const { name, offset, type } of members) {
		if (isView(type)) continue;
		Object.defineProperty(StructFields.prototype, name, {
			...type.access(offset, `struct: member ${name}`),
			enumerable: true,
		});
	}
	return StructFields as unknown as FieldsClass<Fields>;
}

/**
 * Where the members of a struct lie in memory; made by {@link struct}.
 *
 * `byteLength` is that of one struct, in bytes, a multiple of `alignment`: what the offset of a struct in its buffer must be a
 * multiple of. `signature` is the same for two layouts exactly if they mean the same bytes.
 *
 * @typeParam Fields - the object that gives access to the members
 */
export class StructLayout<Fields extends object> extends ViewType<Fields> {
	/** Where each member begins, in bytes from the begin of the struct. */
	readonly offsets: Readonly<Record<keyof Fields, number>>;

	/** @internal */
	constructor(types: readonly (readonly [string, AnyFieldType])[]) {
		const members = place(types);
		const last = members.at(-1);
		const alignment = Math.max(1, ...members.map(({ type }) => type.alignment));
		const byteLength = last ? roundUp(last.offset + last.type.byteLength, alignment) : 0;
		expectValue("ERR_POOL_OPTION", "struct: length in bytes", byteLength, aByteLength);
		const described = members.map(({ name, type }) => `${name}:${type.signature}`);
		const Fields = makeFieldsClass<Fields>(byteLength, members);
		super(
			byteLength,
			alignment,
			`struct{${described}}`,
			(buffer, byteOffset) => new Fields(buffer, byteOffset),
		);
		this.offsets = Object.fromEntries(members.map(({ name, offset }) => [name, offset])) as Record<
			keyof Fields,
			number
		>;
	}

	/**
	 * Gives access to one struct in memory. Make one object for each place and keep it: reading and writing numbers and
	 * booleans through it allocates nothing, making it does.
	 *
	 * @param byteOffset - where the struct begins: a multiple of `alignment`
	 */
	createFields(buffer: SharedArrayBuffer | ArrayBuffer, byteOffset: number): Fields {
		expectValue("ERR_POOL_ARGUMENT", "StructLayout.createFields: buffer", buffer, aBuffer);
		const { byteLength, alignment } = this;
		const last = buffer.byteLength - byteLength;
		expectValue("ERR_POOL_RANGE", "StructLayout.createFields: byteOffset", byteOffset, {
			expected: `a multiple of ${alignment} from 0 to ${last}`,
			accepts: () => byteOffset % alignment === 0 && anInteger(0, last).accepts(byteOffset),
		});
		return this.access(buffer, byteOffset);
	}
}
