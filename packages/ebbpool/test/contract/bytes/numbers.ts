import { assert } from "chai";
import { ByteBuffer } from "ebbpool/bytes";
import { expectCode } from "../support/expect.ts";
import type { Case, Suite } from "../support/kit.ts";

type Numeric = number | bigint;

/** A pair of methods, called by name. */
interface Codec {
	readonly name: string;
	write(buffer: ByteBuffer, value: Numeric): void;
	read(buffer: ByteBuffer): Numeric;
}

function codec(name: string): Codec {
	type Methods = Record<string, (value?: Numeric) => Numeric>;
	return {
		name,
		write: (buffer, value) => void (buffer as unknown as Methods)[`write${name}`]?.call(buffer, value),
		read(buffer) {
			const method = (buffer as unknown as Methods)[`read${name}`];
			assert.isFunction(method, `read${name}`);
			return (method as () => Numeric).call(buffer);
		},
	};
}

const integers: [type: string, size: number, min: Numeric, max: Numeric][] = [
	["Int8", 1, -128, 127],
	["Uint16", 2, 0, 65_535],
	["Int16", 2, -32_768, 32_767],
	["Uint32", 4, 0, 4_294_967_295],
	["Int32", 4, -2_147_483_648, 2_147_483_647],
	["BigUint64", 8, 0n, 2n ** 64n - 1n],
	["BigInt64", 8, -(2n ** 63n), 2n ** 63n - 1n],
];

/** Values at and around every power of two of a type's range. */
function edges(min: Numeric, max: Numeric): Numeric[] {
	const found: bigint[] = [];
	for (let power = 1n; power <= 2n ** 64n; power *= 2n) {
		for (const value of [power - 1n, power, power + 1n]) found.push(value, -value);
	}
	const within = found.filter((value) => value >= BigInt(min) && value <= BigInt(max));
	return typeof min === "bigint" ? within : within.map(Number);
}

/** The encoding that the language itself has. */
function reference(type: string, size: number, value: Numeric, littleEndian: boolean): Uint8Array {
	const view = new DataView(new ArrayBuffer(size));
	(view as unknown as Record<string, (at: number, value: Numeric, littleEndian: boolean) => void>)[
		`set${type}`
	]?.call(view, 0, value, littleEndian);
	return new Uint8Array(view.buffer);
}

function fixedWidth(type: string, size: number, values: readonly Numeric[]): Case[] {
	return (size === 1 ? [""] : ["LE", "BE"]).map((order) => ({
		name: `${type}${order} is ${size} bytes, and reads back as it was written`,
		run() {
			const { write, read } = codec(`${type}${order}`);
			const buffer = new ByteBuffer();
			for (const value of values) {
				write(buffer, value);
				assert.deepEqual(
					buffer.bytes().slice(-size),
					reference(type, size, value, order === "LE"),
					`${type}${order} ${value}`,
				);
			}
			assert.strictEqual(buffer.length, size * values.length);
			for (const value of values) assert.isTrue(Object.is(read(buffer), value), `${type}${order} ${value}`);
			assert.strictEqual(buffer.length, 0);

			const exact = new ByteBuffer(8 * size);
			const { capacity } = exact;
			for (let i = 0; i < capacity / size; i++) write(exact, values[0] as Numeric);
			assert.deepInclude(exact, { length: capacity, capacity }, "what fits takes no more memory");
		},
	}));
}

const floats = [
	0,
	-0,
	1.5,
	-2.25,
	Number.POSITIVE_INFINITY,
	Number.NEGATIVE_INFINITY,
	Number.NaN,
	2 ** -149,
	(2 - 2 ** -23) * 2 ** 127,
];

/** From the documentation of Protocol Buffers, DWARF and WebAssembly, and Go's tests of encoding/binary. */
const unsignedVectors: [value: bigint, bytes: number[]][] = [
	[0n, [0x00]],
	[1n, [0x01]],
	[127n, [0x7f]],
	[128n, [0x80, 0x01]],
	[150n, [0x96, 0x01]],
	[300n, [0xac, 0x02]],
	[12_857n, [0xb9, 0x64]],
	[16_384n, [0x80, 0x80, 0x01]],
	[624_485n, [0xe5, 0x8e, 0x26]],
	[2n ** 28n - 1n, [0xff, 0xff, 0xff, 0x7f]],
	[2n ** 28n, [0x80, 0x80, 0x80, 0x80, 0x01]],
	[2n ** 32n - 1n, [0xff, 0xff, 0xff, 0xff, 0x0f]],
	[2n ** 35n, [0x80, 0x80, 0x80, 0x80, 0x80, 0x01]],
	[2n ** 53n - 1n, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]],
	[2n ** 64n - 1n, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]],
];

const zigzagVectors: [value: bigint, unsigned: bigint][] = [
	[0n, 0n],
	[-1n, 1n],
	[1n, 2n],
	[-2n, 3n],
	[63n, 126n],
	[-64n, 127n],
	[64n, 128n],
	[2_147_483_647n, 4_294_967_294n],
	[-2_147_483_648n, 4_294_967_295n],
	[2n ** 53n - 1n, 2n ** 54n - 2n],
	[1n - 2n ** 53n, 2n ** 54n - 3n],
	[2n ** 63n - 1n, 2n ** 64n - 2n],
	[-(2n ** 63n), 2n ** 64n - 1n],
];

const isSafe = (value: bigint) => Number.isSafeInteger(Number(value));

function holding(...bytes: number[]): ByteBuffer {
	const buffer = new ByteBuffer();
	buffer.write(Uint8Array.from(bytes));
	return buffer;
}

/** Fails unless the read throws RANGE and consumes nothing. */
function expectUnread(buffer: ByteBuffer, read: (buffer: ByteBuffer) => unknown): void {
	const before = buffer.bytes().slice();
	expectCode("ERR_POOL_RANGE", () => read(buffer));
	assert.deepEqual(buffer.bytes(), before);
}

export const bytesNumbers: Suite = {
	name: "ByteBuffer's numbers",
	cases: [
		...integers.flatMap(([type, size, min, max]) => fixedWidth(type, size, edges(min, max))),
		...fixedWidth("Float32", 4, floats),
		...fixedWidth("Float64", 8, [...floats, Math.PI, Number.MIN_VALUE, Number.MAX_VALUE]),
		{
			name: "a byte is an integer from 0 to 255",
			run() {
				const buffer = new ByteBuffer();
				for (let value = 0; value < 256; value++) buffer.writeByte(value);
				for (let value = 0; value < 256; value++) assert.strictEqual(buffer.readByte(), value);
				for (const wrong of [-1, 256, 0.5, Number.NaN]) {
					expectCode("ERR_POOL_RANGE", () => buffer.writeByte(wrong));
				}
				for (const wrong of ["1", 1n, null, undefined]) {
					expectCode("ERR_POOL_ARGUMENT", () => buffer.writeByte(wrong as unknown as number));
				}
				assert.strictEqual(buffer.length, 0);
			},
		},
		{
			name: "a value out of a type's range or of another type is refused, and nothing is written",
			run() {
				const buffer = new ByteBuffer();
				for (const [type, size, min, max] of integers) {
					for (const order of size === 1 ? [""] : ["LE", "BE"]) {
						const { write } = codec(`${type}${order}`);
						const [below, above, other] =
							typeof min === "bigint" ? [min - 1n, BigInt(max) + 1n, 1] : [min - 1, Number(max) + 1, 1n];
						expectCode("ERR_POOL_RANGE", () => write(buffer, below));
						expectCode("ERR_POOL_RANGE", () => write(buffer, above));
						expectCode("ERR_POOL_ARGUMENT", () => write(buffer, other));
						expectCode("ERR_POOL_ARGUMENT", () => write(buffer, "1" as unknown as number));
						if (typeof min === "number") expectCode("ERR_POOL_RANGE", () => write(buffer, 0.5));
					}
				}
				for (const name of ["Float32LE", "Float32BE", "Float64LE", "Float64BE"]) {
					expectCode("ERR_POOL_ARGUMENT", () => codec(name).write(buffer, 1n));
				}
				assert.strictEqual(buffer.length, 0);
			},
		},
		{
			name: "a read of more than is held throws and consumes nothing, whatever the storage still has",
			run() {
				const reads = [...integers, ["Float32", 4], ["Float64", 8]].flatMap(([type, size]) =>
					(size === 1 ? [""] : ["LE", "BE"]).map((order) => ({ ...codec(`${type}${order}`), size })),
				);
				for (const { read, size } of reads) {
					const buffer = new ByteBuffer();
					buffer.write(new Uint8Array(64).fill(0x11));
					buffer.truncate((size as number) - 1);
					expectUnread(buffer, read);
				}
				expectUnread(new ByteBuffer(16), (buffer) => buffer.readByte());
				expectUnread(holding(1, 2, 3), (buffer) => buffer.readString(4));
			},
		},
		{
			name: "unsigned varints are LEB128",
			run() {
				for (const [value, bytes] of unsignedVectors) {
					const expected = Uint8Array.from(bytes);
					const buffer = new ByteBuffer();
					buffer.writeBigUvarint(value);
					assert.deepEqual(buffer.bytes(), expected, `${value}`);
					assert.strictEqual(buffer.readBigUvarint(), value);
					if (!isSafe(value)) continue;
					buffer.writeUvarint(Number(value));
					assert.deepEqual(buffer.bytes(), expected, `${value}`);
					assert.strictEqual(buffer.readUvarint(), Number(value));
				}
			},
		},
		{
			name: "signed varints are zigzag LEB128",
			run() {
				for (const [value, unsigned] of zigzagVectors) {
					const expected = new ByteBuffer();
					expected.writeBigUvarint(unsigned);
					const buffer = new ByteBuffer();
					buffer.writeBigVarint(value);
					assert.deepEqual(buffer.bytes(), expected.bytes(), `${value}`);
					assert.strictEqual(buffer.readBigVarint(), value);
					if (!isSafe(value)) continue;
					buffer.writeVarint(Number(value));
					assert.deepEqual(buffer.bytes(), expected.bytes(), `${value}`);
					assert.strictEqual(buffer.readVarint(), Number(value));
				}
			},
		},
		{
			name: "varints at and around every power of two read back, in each of the four forms",
			run() {
				const safe = edges(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) as number[];
				const signed = edges(-(2n ** 63n), 2n ** 63n - 1n);
				const forms: [Codec, readonly Numeric[]][] = [
					[codec("Uvarint"), safe.filter((value) => value >= 0).map((value) => value + 0)],
					[codec("Varint"), safe.map((value) => value + 0)],
					[codec("BigUvarint"), edges(0n, 2n ** 64n - 1n)],
					[codec("BigVarint"), signed],
				];
				for (const [{ name, write, read }, values] of forms) {
					const buffer = new ByteBuffer();
					for (const value of values) write(buffer, value);
					for (const value of values) assert.strictEqual(read(buffer), value, `${name} ${value}`);
					assert.strictEqual(buffer.length, 0);
				}
			},
		},
		{
			name: "varints longer than need be are read, as in Go",
			run() {
				assert.strictEqual(holding(0x81, 0x80, 0x00).readUvarint(), 1);
				assert.strictEqual(
					holding(0xff, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00).readUvarint(),
					127,
				);
			},
		},
		{
			name: "a varint that is not all there, or too large, throws and consumes nothing",
			run() {
				const reads = ["Uvarint", "Varint", "BigUvarint", "BigVarint"].map(codec);
				const ff = (n: number) => new Array<number>(n).fill(0xff);
				for (const { read } of reads) {
					for (let n = 0; n < 10; n++) expectUnread(holding(...ff(n)), read);
					expectUnread(holding(...ff(9), 0x02), read);
					expectUnread(holding(...ff(10), 0x01), read);
					expectUnread(holding(...ff(9), 0x80, 0x00), read);
					const cut = holding(...ff(9), 0x01);
					cut.truncate(9);
					expectUnread(cut, read);
				}
				for (const read of [codec("Uvarint").read, codec("Varint").read]) {
					const tooLarge = new ByteBuffer();
					tooLarge.writeBigUvarint(2n ** 60n);
					expectUnread(tooLarge, read);
				}
				const buffer = new ByteBuffer();
				buffer.writeBigUvarint(2n ** 53n);
				expectUnread(buffer, (held) => held.readUvarint());
				assert.strictEqual(buffer.readBigUvarint(), 2n ** 53n);
			},
		},
		{
			name: "a varint is written only if it is an integer that fits",
			run() {
				const buffer = new ByteBuffer();
				for (const wrong of [-1, 2 ** 53, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
					expectCode("ERR_POOL_RANGE", () => buffer.writeUvarint(wrong));
				}
				for (const wrong of [-(2 ** 53), 2 ** 53, 0.5]) {
					expectCode("ERR_POOL_RANGE", () => buffer.writeVarint(wrong));
				}
				for (const wrong of [-1n, 2n ** 64n]) {
					expectCode("ERR_POOL_RANGE", () => buffer.writeBigUvarint(wrong));
				}
				for (const wrong of [-(2n ** 63n) - 1n, 2n ** 63n]) {
					expectCode("ERR_POOL_RANGE", () => buffer.writeBigVarint(wrong));
				}
				expectCode("ERR_POOL_ARGUMENT", () => buffer.writeUvarint(1n as unknown as number));
				expectCode("ERR_POOL_ARGUMENT", () => buffer.writeBigVarint(1 as unknown as bigint));
				assert.strictEqual(buffer.length, 0);
			},
		},
		{
			name: "varints fill the storage to its last byte before it grows",
			run() {
				const buffer = new ByteBuffer(10);
				for (let i = 0; i < 5; i++) buffer.writeUvarint(300);
				assert.deepEqual([buffer.length, buffer.capacity], [10, 10]);
			},
		},
	],
};
