import { test } from "node:test";
import fc from "fast-check";
import { CheckedBuffer } from "./model/checked-buffer.ts";
import { formats, type NumberFormat } from "./model/reference.ts";

const NUM_RUNS = process.env.EBBPOOL_LONG === "1" ? 100_000 : 500;

type Step = (checked: CheckedBuffer) => void;

const unit = fc.oneof(
	{ arbitrary: fc.integer({ min: 0x20, max: 0x7e }), weight: 6 },
	{ arbitrary: fc.integer({ min: 0x80, max: 0x7_ff }), weight: 1 },
	{ arbitrary: fc.nat(0xff_ff), weight: 1 },
	{ arbitrary: fc.integer({ min: 0xd8_00, max: 0xdf_ff }), weight: 2 },
);
const text = fc.oneof(
	fc.array(unit, { maxLength: 80 }).map((units) => String.fromCharCode(...units)),
	fc
		.tuple(fc.nat(300), fc.array(unit, { maxLength: 4 }))
		.map(([length, units]) => "a".repeat(length) + String.fromCharCode(...units)),
);
const byte = fc.nat(255);
const bytes = fc.oneof(
	fc.uint8Array({ maxLength: 40 }),
	fc.tuple(fc.nat(300), byte).map(([length, value]) => new Uint8Array(length).fill(value)),
);
const count = fc.oneof(fc.nat(20), fc.nat(300));

function anyValueOf({ name }: NumberFormat): fc.Arbitrary<number | bigint> {
	const bits = Number(/\d+/.exec(name)?.[0]);
	if (name.startsWith("Float")) return bits === 32 ? fc.float() : fc.double();
	if (name.startsWith("BigInt")) return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
	if (name.startsWith("BigUint")) return fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
	const signed = name.startsWith("Int");
	return fc.integer({ min: signed ? -(2 ** (bits - 1)) : 0, max: 2 ** (signed ? bits - 1 : bits) - 1 });
}

const formatAndValue = fc
	.constantFrom(...formats)
	.chain((format) => fc.tuple(fc.constant(format), anyValueOf(format)));

/** Values of all magnitudes: a number of bits, and the bits. */
const unsigned = fc
	.tuple(fc.integer({ min: 0, max: 64 }), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }))
	.map(([size, value]) => BigInt.asUintN(size, value));
const signed = unsigned.map((value) => BigInt.asIntN(64, value));

const step: fc.Arbitrary<Step> = fc.oneof(
	bytes.map(
		(value): Step =>
			(checked) =>
				checked.write(value),
	),
	text.map(
		(value): Step =>
			(checked) =>
				checked.writeString(value),
	),
	byte.map(
		(value): Step =>
			(checked) =>
				checked.writeByte(value),
	),
	formatAndValue.map(
		([format, value]): Step =>
			(checked) =>
				checked.writeNumber(format, value),
	),
	fc.tuple(unsigned, fc.boolean()).map(
		([value, asNumber]): Step =>
			(checked) => {
				checked.writeVarint(false, value, asNumber);
			},
	),
	fc.tuple(signed, fc.boolean()).map(
		([value, asNumber]): Step =>
			(checked) => {
				checked.writeVarint(true, value, asNumber);
			},
	),
	fc.constant<Step>((checked) => checked.held.length < 2000 && checked.writeSelf()),
	fc.constant<Step>((checked) => checked.readByte()),
	fc.constantFrom(...formats).map(
		(format): Step =>
			(checked) =>
				checked.readNumber(format),
	),
	fc.tuple(fc.boolean(), fc.boolean()).map(
		([zigzag, asNumber]): Step =>
			(checked) => {
				checked.readVarint(zigzag, asNumber);
			},
	),
	count.map(
		(n): Step =>
			(checked) =>
				checked.readString(n),
	),
	count.map(
		(n): Step =>
			(checked) =>
				checked.next(n),
	),
	count.map(
		(n): Step =>
			(checked) =>
				checked.read(n),
	),
	byte.map(
		(value): Step =>
			(checked) =>
				checked.readUntil(value),
	),
	fc.constant<Step>((checked) => checked.toText()),
	count.map(
		(n): Step =>
			(checked) =>
				checked.truncate(n),
	),
	fc.constant<Step>((checked) => checked.reset()),
	count.map(
		(n): Step =>
			(checked) =>
				checked.grow(n),
	),
	count.map(
		(n): Step =>
			(checked) =>
				checked.shrink(n),
	),
	fc.constant<Step>((checked) => checked.release()),
);

test("whatever is called, the buffer holds and gives what a plain array does", (t) => {
	const seed = Number(process.env.EBBPOOL_SEED ?? Date.now() % 2 ** 31);
	t.diagnostic(`${NUM_RUNS} runs, EBBPOOL_SEED=${seed}`);
	fc.assert(
		fc.property(
			fc.boolean(),
			fc.oneof(fc.constant(0), fc.nat(200)),
			fc.array(step, { maxLength: 40, size: "max" }),
			(pooled, capacity, steps) => {
				const checked = new CheckedBuffer(pooled, capacity);
				for (const act of steps) {
					act(checked);
					checked.check();
				}
				checked.release();
				checked.check();
			},
		),
		{ numRuns: NUM_RUNS, seed },
	);
});
