/** Encodings as plain as can be, to judge the fast ones by. */

export interface NumberFormat {
	readonly name: string;
	readonly size: number;
	readonly bigint: boolean;
	encode(value: number | bigint): number[];
	decode(bytes: readonly number[]): number | bigint;
}

type Accessors = Record<string, (...values: unknown[]) => number | bigint>;

const types: [type: string, size: number][] = [
	["Int8", 1],
	["Uint16", 2],
	["Int16", 2],
	["Uint32", 4],
	["Int32", 4],
	["Float32", 4],
	["Float64", 8],
	["BigInt64", 8],
	["BigUint64", 8],
];

export const formats: readonly NumberFormat[] = types.flatMap(([type, size]) =>
	(size === 1 ? [""] : ["LE", "BE"]).map((order) => ({
		name: `${type}${order}`,
		size,
		bigint: type.startsWith("Big"),
		encode(value) {
			const view = new DataView(new ArrayBuffer(size));
			(view as unknown as Accessors)[`set${type}`]?.call(view, 0, value, order === "LE");
			return [...new Uint8Array(view.buffer)];
		},
		decode(bytes) {
			const view = new DataView(Uint8Array.from(bytes).buffer);
			const value = (view as unknown as Accessors)[`get${type}`]?.call(view, 0, order === "LE");
			if (value === undefined) throw new Error(`no get${type}`);
			return value;
		},
	})),
);

export function encodeUvarint(value: bigint): number[] {
	return value < 128n ? [Number(value)] : [Number(value & 127n) | 128, ...encodeUvarint(value >> 7n)];
}

/** The value and its length, or `undefined` if the bytes do not begin with a varint of at most 64 bits. */
export function decodeUvarint(bytes: readonly number[]): { value: bigint; length: number } | undefined {
	const last = bytes.findIndex((byte) => byte < 128);
	if (last < 0 || last > 9) return undefined;
	const value = bytes.slice(0, last + 1).reduceRight((sum, byte) => (sum << 7n) | BigInt(byte & 127), 0n);
	return value < 2n ** 64n ? { value, length: last + 1 } : undefined;
}

export const zigzag = (value: bigint) => (value < 0n ? -2n * value - 1n : 2n * value);
export const unzigzag = (value: bigint) => (value % 2n === 0n ? value / 2n : -(value + 1n) / 2n);
