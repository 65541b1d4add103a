import type { AnyFieldType, ValueType, ViewType } from "./field-type.ts";
import type { ScalarName, ScalarValues } from "./scalar.ts";

/** What a member of a struct may be declared as. */
export type MemberType = ScalarName | AnyFieldType;

/** The members of a struct, by name, in the order in which they lie in memory. */
export type StructDefinition = Readonly<Record<string, MemberType>>;

/** The TypeScript type of a member declared as `M`. */
type MemberValue<M> = M extends ScalarName
	? ScalarValues[M]
	: M extends ValueType<infer Value>
		? Value
		: M extends ViewType<infer View>
			? View
			: never;

type ViewNames<D> = { [Name in keyof D]: D[Name] extends ViewType<object> ? Name : never }[keyof D];

type Flat<T> = { [Key in keyof T]: T[Key] };

/** The members of a struct as an object: values can be assigned, arrays and nested structs are worked on in place. */
export type FieldsOf<D> = Flat<
	{ -readonly [Name in Exclude<keyof D, ViewNames<D>>]: MemberValue<D[Name]> } & {
		readonly [Name in ViewNames<D>]: MemberValue<D[Name]>;
	}
>;
