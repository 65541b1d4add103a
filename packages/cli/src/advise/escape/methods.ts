/**
 * What methods of typed arrays, `Buffer`s, `ArrayBuffer`s and `DataView`s do with the memory: `copy`: nothing stays behind;
 * `alias`: the result is another name for it; `callback`: it is handed to a callback as third argument.
 */
const COPYING = [
	...["set", "copy", "indexOf", "lastIndexOf", "includes", "at", "join", "toString"],
	...["equals", "compare", "write", "toReversed", "toSorted", "with"],
	...["toLocaleString", "toJSON", "toHex", "toBase64", "latin1Slice", "utf8Slice"],
];
/** An iterator holds what it iterates over; what changes the elements in place gives the array itself. */
const ALIASING = [
	...["subarray", "keys", "values", "entries"],
	...["fill", "copyWithin", "reverse", "sort", "swap16", "swap32", "swap64"],
];
const CALLING = [
	"forEach",
	"map",
	"filter",
	"find",
	"findIndex",
	"findLast",
	"findLastIndex",
	"some",
	"reduce",
	"reduceRight",
	"every",
];

const NUMBERS = [
	"Int8",
	"Uint8",
	"UInt8",
	"Int16",
	"Uint16",
	"Int32",
	"Uint32",
	"Float32",
	"Float64",
	"BigInt64",
];
const FURTHER_NUMBERS = ["BigUint64", "Float16"];
const BUFFER_NUMBERS = [
	"Int16",
	"UInt16",
	"Uint16",
	"Int32",
	"UInt32",
	"Uint32",
	"Float",
	"Double",
	"BigInt64",
];
const BUFFER_FURTHER = ["BigUInt64", "BigUint64", "Int", "UInt", "Uint"];

export type MethodEffect = "copy" | "alias" | "callback";

export const METHODS: Readonly<Record<string, MethodEffect>> = {
	...effects("copy", [
		...COPYING,
		...[...NUMBERS, ...FURTHER_NUMBERS].flatMap((type) => [`get${type}`, `set${type}`]),
		...["Int8", "UInt8", "Uint8"].flatMap((type) => [`read${type}`, `write${type}`]),
		...[...BUFFER_NUMBERS, ...BUFFER_FURTHER].flatMap((type) =>
			["LE", "BE"].flatMap((order) => [`read${type}${order}`, `write${type}${order}`]),
		),
	]),
	...effects("alias", ALIASING),
	...effects("callback", CALLING),
};

function effects(effect: MethodEffect, names: readonly string[]): Record<string, MethodEffect> {
	return Object.fromEntries(names.map((name) => [name, effect]));
}
