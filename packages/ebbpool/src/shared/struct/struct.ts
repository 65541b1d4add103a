import { PoolError } from "../../errors.ts";
import { describe, expectValue, type Rule } from "../../options.ts";
import { type AnyFieldType, ValueType, ViewType } from "./field-type.ts";
import { SCALARS } from "./scalar.ts";
import { MAX_BYTE_LENGTH, StructLayout } from "./struct-layout.ts";
import { CONSTRUCTORS, type NumberName, type TypedArrays, typedArray } from "./typed-array.ts";
import type { FieldsOf, MemberType, StructDefinition } from "./types.ts";
import { utf8Type } from "./utf8.ts";
import { viewArray } from "./view-array.ts";

const OPTION = "ERR_POOL_OPTION";
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const MAX_STRING = 2 ** 30;

const lengthUpTo = (max: number): Rule => ({
	expected: `an integer from 1 to ${max}`,
	accepts: (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= max,
});

const aDefinition: Rule = {
	expected: "an object with a type for each member",
	accepts: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

const aMemberName: Rule = {
	expected: "an identifier that no object has from birth",
	accepts: (name) => IDENTIFIER.test(name as string) && !((name as string) in Object.prototype),
};

function resolve(name: string, type: MemberType): AnyFieldType {
	if (type instanceof ValueType || type instanceof ViewType) return type;
	if (typeof type === "string" && Object.hasOwn(SCALARS, type)) return SCALARS[type];
	const scalars = Object.keys(SCALARS).join(", ");
	throw new PoolError(
		OPTION,
		`struct: type of ${name}: expected one of ${scalars}, struct.utf8(…), struct.array(…) or struct({…}), ` +
			`got ${describe(type)}`,
	);
}

function define<const D extends StructDefinition>(definition: D): StructLayout<FieldsOf<D>> {
	expectValue(OPTION, "struct: definition", definition, aDefinition);
	const types = Object.entries(definition).map(([name, type]) => {
		expectValue(OPTION, "struct: name of a member", name, aMemberName);
		return [name, resolve(name, type)] as const;
	});
	if (types.length === 0) throw new PoolError(OPTION, "struct: expected at least one member, got none");
	return new StructLayout(types);
}

function utf8(maxBytes: number): ValueType<string> {
	expectValue(OPTION, "struct.utf8: maxBytes", maxBytes, lengthUpTo(MAX_STRING));
	return utf8Type(maxBytes);
}

function array<Name extends NumberName>(element: Name, length: number): ViewType<TypedArrays[Name]>;
function array<T extends object>(element: ViewType<T>, length: number): ViewType<readonly T[]>;
function array(element: NumberName | ViewType<object>, length: number): ViewType<object> {
	expectValue(OPTION, "struct.array: length", length, lengthUpTo(MAX_BYTE_LENGTH));
	if (element instanceof ViewType) return viewArray(element, length);
	if (typeof element === "string" && Object.hasOwn(CONSTRUCTORS, element)) {
		return typedArray(element, length);
	}
	const numbers = Object.keys(CONSTRUCTORS).join(", ");
	throw new PoolError(
		OPTION,
		`struct.array: element: expected one of ${numbers}, struct.array(…) or struct({…}), got ${describe(element)}`,
	);
}

/**
 * Describes a record of fixed size in shared memory: numbers, booleans, strings of bounded length, arrays and nested
 * structs, each at the offset that its size asks for (natural alignment), in the platform's byte order. Memory that is
 * all zero is a struct of zeros, `false` and empty strings.
 *
 * | type | in TypeScript | takes |
 * | --- | --- | --- |
 * | `"u8"`, `"i8"`, `"u16"`, `"i16"`, `"u32"`, `"i32"` | `number` | integers in range, else `ERR_POOL_RANGE` |
 * | `"f32"`, `"f64"` | `number` | any number; `f32` rounds |
 * | `"u64"`, `"i64"` | `bigint` | bigints in range, else `ERR_POOL_RANGE` |
 * | `"bool"` | `boolean` | a boolean |
 * | `struct.utf8(maxBytes)` | `string` | a string of at most so many bytes in UTF-8, else `ERR_POOL_RANGE`; never cut; lone surrogates become U+FFFD |
 * | `struct.array(number type, length)` | a typed array | what a typed array takes: elements wrap, as everywhere |
 * | `struct.array(struct or array, length)` | a frozen array | each element is worked on in place |
 * | `struct({…})` | an object with accessors | worked on in place |
 *
 * A value of another type is an `ERR_POOL_ARGUMENT` and changes nothing. A wrong definition is an `ERR_POOL_OPTION`.
 *
 * **Concurrency.** Members are plain memory: one thread at a time may use a struct. The pool sees to that.
 *
 * @example
 * ```ts
 * import { struct } from "ebbpool/shared";
 *
 * const particle = struct({ id: "u32", name: struct.utf8(32), position: struct({ x: "f64", y: "f64" }) });
 * const fields = particle.createFields(new SharedArrayBuffer(particle.byteLength), 0);
 * fields.id = 7;
 * fields.position.x = 0.5;
 * console.log(fields.id, fields.position.x, fields.name === ""); // 7 0.5 true
 * ```
 */
export const struct = Object.assign(define, { utf8, array });
