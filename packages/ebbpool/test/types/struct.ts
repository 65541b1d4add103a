import { type StructLayout, struct } from "ebbpool/shared";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(value: T): T => value;

const layout = struct({
	id: "u32",
	x: "f64",
	big: "u64",
	on: "bool",
	name: struct.utf8(32),
	pixels: struct.array("u8", 16),
	counts: struct.array("i64", 2),
	pos: struct({ x: "f32", y: "f32" }),
	points: struct.array(struct({ y: "u8" }), 3),
});
const fields = layout.createFields(new SharedArrayBuffer(layout.byteLength), 0);

interface Expected {
	id: number;
	x: number;
	big: bigint;
	on: boolean;
	name: string;
	readonly pixels: Uint8Array;
	readonly counts: BigInt64Array;
	readonly pos: { x: number; y: number };
	readonly points: readonly { y: number }[];
}
type Flat<T> = { [K in keyof T]: T[K] };
export const inferred = holds<Equal<typeof fields, Flat<Expected>>>(true);
export const named = holds<Equal<typeof layout, StructLayout<Flat<Expected>>>>(true);

// @ts-expect-error: there is no such type
struct({ id: "u33" });
// @ts-expect-error: strings have a bound
struct({ name: "utf8" });
// @ts-expect-error: a nested struct is made with struct()
struct({ pos: { x: "f64" } });
// @ts-expect-error: arrays hold numbers, structs or arrays
struct.array("bool", 3);
// @ts-expect-error: arrays hold numbers, structs or arrays
struct.array(struct.utf8(3), 3);
// @ts-expect-error: an array has a length
struct.array("u8");
// @ts-expect-error: a string has a bound
struct.utf8();

export function misuse(): void {
	// @ts-expect-error: a u32 is a number
	fields.id = 7n;
	// @ts-expect-error: a u64 is a bigint
	fields.big = 7;
	// @ts-expect-error: a bool is a boolean
	fields.on = 1;
	// @ts-expect-error: a string is a string
	fields.name = new Uint8Array(32);
	// @ts-expect-error: there is no such member
	fields.nope;
	// @ts-expect-error: an array is worked on in place
	fields.pixels = new Uint8Array(16);
	// @ts-expect-error: a nested struct is worked on in place
	fields.pos = { x: 1, y: 2 };
	// @ts-expect-error: the elements of an array of structs are worked on in place
	fields.points[0] = { y: 1 };
	// @ts-expect-error: the elements of a u8 array are numbers
	fields.pixels[0] = 1n;
	// @ts-expect-error: there is no such member
	layout.offsets.nope;
	// @ts-expect-error: what a DataView has is no business of a struct's users
	fields.getUint8(0);
}
