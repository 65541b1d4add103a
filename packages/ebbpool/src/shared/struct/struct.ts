import { expectEngine } from "../../base/engine.ts";
import { anInteger, anObject, expectValue, type Rule } from "../../base/rules.ts";
import { aByteLength, refuse } from "../rules.ts";
import { arrayType } from "./array-type.ts";
import { isValue, isView, type ValueType, type ViewType } from "./field-type.ts";
import { NUMBERS, type NumberName, SCALARS, type TypedArrays } from "./scalar.ts";
import { StructLayout } from "./struct-layout.ts";
import type { FieldsOf, StructDefinition } from "./types.ts";
import { utf8Type } from "./utf8.ts";

const OPTION = "ERR_POOL_OPTION";
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const MAX_STRING = 2 ** 30;

const aMemberName: Rule = {
	expected: "an identifier that is not a property of every object",
	accepts: (name) => IDENTIFIER.test(name as string) && !((name as string) in Object.prototype),
};

/** The type of that name, or what is a type already. */
function resolve<Types extends object>(
	what: string,
	named: Types,
	type: unknown,
): Types[keyof Types] | ViewType<object> {
	if (typeof type === "string" && Object.hasOwn(named, type)) return named[type as keyof Types];
	if (isView(type)) return type;
	return refuse(
		OPTION,
		`struct: ${what}`,
		`one of ${Object.keys(named).join(", ")} or what struct made`,
		type,
	);
}

function define<const D extends StructDefinition>(definition: D): StructLayout<FieldsOf<D>> {
	expectEngine("struct", "DataView");
	expectValue(OPTION, "struct: definition", definition, anObject);
	const types = Object.entries(definition).map(([name, type]) => {
		expectValue(OPTION, "struct: name of a member", name, aMemberName);
		return [name, isValue(type) ? type : resolve(`type of ${name}`, SCALARS, type)] as const;
	});
	return new StructLayout(types);
}

function utf8(maxBytes: number): ValueType<string> {
	expectEngine("struct.utf8", "DataView", "Uint8Array");
	expectValue(OPTION, "struct.utf8: maxBytes", maxBytes, anInteger(1, MAX_STRING));
	return utf8Type(maxBytes);
}

function array<Name extends NumberName>(element: Name, length: number): ViewType<TypedArrays[Name]>;
function array<T extends object>(element: ViewType<T>, length: number): ViewType<readonly T[]>;
function array(element: NumberName | ViewType<object>, length: number): ViewType<object> {
	expectValue(OPTION, "struct.array: length", length, aByteLength);
	return arrayType(resolve("element of an array", NUMBERS, element), length);
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
