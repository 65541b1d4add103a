import { test } from "node:test";
import { GCProfiler } from "node:v8";
import { assert } from "chai";
import { struct } from "ebbpool/shared";

const layout = struct({
	u8: "u8",
	i8: "i8",
	u16: "u16",
	i16: "i16",
	u32: "u32",
	i32: "i32",
	f32: "f32",
	f64: "f64",
	on: "bool",
	list: struct.array("f64", 4),
	inner: struct({ x: "f64" }),
	rows: struct.array(struct({ y: "u32" }), 2),
});
type Fields = ReturnType<typeof layout.createFields>;

type Loop = (all: readonly Fields[], turns: number) => number;

// Few members a loop: what the optimizing compiler inlines into one function is bounded, and a getter that it leaves out
// hands its number back boxed. Numbers below zero are made with `~`: -0 is no small integer, and would be boxed by the loop.
function bytes(all: readonly Fields[], turns: number): number {
	let sum = 0;
	for (let i = 0; i < turns; i++) {
		const fields = all[i % all.length] as Fields;
		fields.u8 = i & 0xff;
		fields.i8 = ~(i & 0x7f);
		fields.on = !fields.on;
		sum += fields.u8 + fields.i8;
	}
	return sum;
}

function shorts(all: readonly Fields[], turns: number): number {
	let sum = 0;
	for (let i = 0; i < turns; i++) {
		const fields = all[i % all.length] as Fields;
		fields.u16 = i & 0xffff;
		fields.i16 = ~(i & 0x7fff);
		sum += fields.u16 + fields.i16;
	}
	return sum;
}

function words(all: readonly Fields[], turns: number): number {
	let sum = 0;
	for (let i = 0; i < turns; i++) {
		const fields = all[i % all.length] as Fields;
		fields.u32 = 0xffff_ffff - i;
		fields.i32 = ~i;
		sum += fields.u32 + fields.i32;
	}
	return sum;
}

function floats(all: readonly Fields[], turns: number): number {
	let sum = 0;
	for (let i = 0; i < turns; i++) {
		const fields = all[i % all.length] as Fields;
		fields.f32 = i / 3;
		fields.f64 += 1 / 3;
		sum += fields.f32 + fields.f64;
	}
	return sum;
}

function members(all: readonly Fields[], turns: number): number {
	let sum = 0;
	for (let i = 0; i < turns; i++) {
		const fields = all[i % all.length] as Fields;
		fields.list[i & 3] = i / 7;
		fields.inner.x = i / 9;
		(fields.rows[i & 1] as { y: number }).y = i;
		sum += (fields.list[2] as number) + fields.inner.x;
	}
	return sum;
}

/** Accesses in one turn of the loop that has the fewest. */
const ACCESSES = 4;

const TURNS = 1000;
/** At least 10 million accesses. */
const CALLS = Math.ceil(1e7 / ACCESSES / TURNS);

/** Bytes that the heap grew by, and collections, in at least 10 million accesses. */
function allocation(loop: Loop, all: readonly Fields[]): { grown: number; collections: number } {
	const profiler = new GCProfiler();
	profiler.start();
	const before = process.memoryUsage().heapUsed;
	for (let call = 0; call < CALLS; call++) loop(all, TURNS);
	const grown = process.memoryUsage().heapUsed - before;
	return { grown, collections: profiler.stop().statistics.length };
}

for (const loop of [bytes, shorts, words, floats, members]) {
	test(`reading and writing ${loop.name} 10 million times allocates nothing`, () => {
		const memory = new SharedArrayBuffer(16 * layout.byteLength);
		const all = Array.from({ length: 16 }, (_, i) => layout.createFields(memory, i * layout.byteLength));
		// Until the optimizing compiler is done, numbers are boxed: 16 bytes an access are 160 MB. Afterwards a call of
		// the loop and its result cost some, a fiftieth of one boxed number a turn.
		const seen = Array.from({ length: 20 }, () => allocation(loop, all));
		const quiet = seen.filter(({ grown, collections }) => collections === 0 && grown < 200_000);
		assert.isAtLeast(quiet.length, 5, JSON.stringify(seen));
	});
}

test("a loop that makes an object a turn is seen to allocate", () => {
	const profiler = new GCProfiler();
	profiler.start();
	const kept: object[] = [];
	for (let i = 0; i < 1e7; i++) kept[i & 1023] = { i };
	assert.lengthOf(kept, 1024);
	assert.isAbove(profiler.stop().statistics.length, 0);
});
