import { test } from "node:test";
import { assert } from "chai";
import { PoolError } from "ebbpool";
import { type StructDefinition, type StructLayout, struct } from "ebbpool/shared";
import fc from "fast-check";

/** A type, what may be assigned to it, and what comes back of that. */
interface Sample {
	readonly type: unknown;
	readonly value: fc.Arbitrary<unknown>;
}

const scalars: Sample[] = [
	{ type: "u8", value: fc.integer({ min: 0, max: 255 }) },
	{ type: "i8", value: fc.integer({ min: -128, max: 127 }) },
	{ type: "u16", value: fc.integer({ min: 0, max: 65535 }) },
	{ type: "i16", value: fc.integer({ min: -32768, max: 32767 }) },
	{ type: "u32", value: fc.integer({ min: 0, max: 2 ** 32 - 1 }) },
	{ type: "i32", value: fc.integer() },
	{ type: "f32", value: fc.float() },
	{ type: "f64", value: fc.double() },
	{ type: "i64", value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) },
	{ type: "u64", value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) },
	{ type: "bool", value: fc.boolean() },
];

const text = fc.string({ unit: "binary", maxLength: 40 });
const byteLength = (value: string): number => new TextEncoder().encode(value).length;

const sample: fc.Arbitrary<Sample> = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom(...scalars) },
	fc.integer({ min: 1, max: 40 }).map((max) => ({
		type: struct.utf8(max),
		value: text.filter((value) => byteLength(value) <= max),
	})),
);

const samples = fc.array(sample, { minLength: 1, maxLength: 12 });
const runs = { numRuns: process.env.EBBPOOL_LONG ? 20_000 : 500 };

type Fields = Record<string, unknown>;

function layoutOf(members: readonly Sample[]): StructLayout<Fields> {
	const definition = Object.fromEntries(members.map(({ type }, i) => [`m${i}`, type]));
	return struct(definition as StructDefinition) as StructLayout<Fields>;
}

const zeroOf = ({ type }: Sample): unknown =>
	type === "bool" ? false : type === "i64" || type === "u64" ? 0n : typeof type === "string" ? 0 : "";

test("any sequence of writes to any two neighbouring structs reads back as from two plain objects", () => {
	const scenario = samples.chain((members) => {
		const writes = members.map(({ value }, i) => fc.tuple(fc.constant(i), fc.constantFrom(0, 1), value));
		return fc.tuple(fc.constant(members), fc.array(fc.oneof(...writes), { maxLength: 40 }));
	});
	fc.assert(
		fc.property(scenario, ([members, writes]) => {
			const layout = layoutOf(members);
			const memory = new SharedArrayBuffer(2 * layout.byteLength);
			const make = () =>
				[0, layout.byteLength].map((at) => layout.createFields(memory, at)) as [Fields, Fields];
			const structs = make();
			const model = structs.map(() => members.map(zeroOf)) as [unknown[], unknown[]];
			for (const [member, which, value] of writes) {
				(structs[which] as Fields)[`m${member}`] = value;
				(model[which] as unknown[])[member] = value;
			}
			for (const fields of [structs, make()]) {
				assert.deepEqual(
					fields.map((each) => members.map((_, i) => each[`m${i}`])),
					model,
				);
			}
		}),
		runs,
	);
});

test("members are aligned to their size, in order, without overlap, and inside the struct", () => {
	fc.assert(
		fc.property(samples, (members) => {
			const layout = layoutOf(members);
			let end = 0;
			for (const [i, { type }] of members.entries()) {
				const alone = layoutOf([{ type } as Sample]);
				const offset = layout.offsets[`m${i}`] as number;
				assert.strictEqual(offset % alone.alignment, 0);
				assert.isAtLeast(offset, end);
				assert.isBelow(offset - end, alone.alignment);
				end =
					offset +
					(typeof type === "string" ? alone.byteLength : (type as { byteLength: number }).byteLength);
			}
			assert.isAtMost(end, layout.byteLength);
			assert.isBelow(layout.byteLength - end, layout.alignment);
		}),
		runs,
	);
});

test("a string is kept whole or refused, and refused exactly if its UTF-8 is too long", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 40 }),
			fc.string({ unit: "grapheme", maxLength: 60 }),
			(max, value) => {
				const layout = struct({ value: struct.utf8(max), behind: "u8" });
				const fields = layout.createFields(new SharedArrayBuffer(layout.byteLength), 0);
				fields.behind = 255;
				let code: string | undefined;
				try {
					fields.value = value;
				} catch (error) {
					assert.instanceOf(error, PoolError);
					code = (error as PoolError).code;
				}
				assert.strictEqual(code, byteLength(value) > max ? "ERR_POOL_RANGE" : undefined);
				assert.strictEqual(fields.value, code === undefined ? value : "");
				assert.strictEqual(fields.behind, 255);
			},
		),
		runs,
	);
});

test("memory with any bytes in it is read without an error", () => {
	fc.assert(
		fc.property(samples, fc.infiniteStream(fc.integer({ min: 0, max: 255 })), (members, bytes) => {
			const layout = layoutOf(members);
			const memory = new SharedArrayBuffer(layout.byteLength);
			new Uint8Array(memory).set([...bytes.take(layout.byteLength)]);
			const fields = layout.createFields(memory, 0);
			for (const [i, member] of members.entries()) {
				assert.strictEqual(typeof fields[`m${i}`], typeof zeroOf(member));
			}
		}),
		runs,
	);
});
