import { assert } from "chai";
import { ByteBuffer } from "ebbpool/bytes";
import { expectCode, thrownBy } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";

/** What Go's buffer_test.go asserts of `bytes.Buffer`, in our terms; the names in brackets are Go's. */

const N = 10_000;
const testBytes = Uint8Array.from({ length: N }, (_, i) => 97 + (i % 26));
const testString = String.fromCharCode(...testBytes);

function expectText(buffer: ByteBuffer, text: string): void {
	assert.strictEqual(buffer.length, text.length);
	assert.strictEqual(buffer.bytes().length, text.length);
	assert.strictEqual(buffer.toString(), text);
	assert.strictEqual(new TextDecoder().decode(buffer.bytes()), text);
}

/** Writes `piece` `times` times, as a string or as bytes; returns what the buffer must hold then. */
function fill(buffer: ByteBuffer, before: string, times: number, piece: string | Uint8Array): string {
	let text = before;
	expectText(buffer, text);
	for (let i = 0; i < times; i++) {
		if (typeof piece === "string") {
			assert.strictEqual(buffer.writeString(piece), piece.length);
			text += piece;
		} else {
			assert.strictEqual(buffer.write(piece), piece.length);
			text += new TextDecoder().decode(piece);
		}
		expectText(buffer, text);
	}
	return text;
}

function empty(buffer: ByteBuffer, before: string, target: Uint8Array): void {
	let text = before;
	expectText(buffer, text);
	for (;;) {
		const n = buffer.read(target);
		if (n === 0) break;
		assert.strictEqual(new TextDecoder().decode(target.subarray(0, n)), text.slice(0, n));
		text = text.slice(n);
		expectText(buffer, text);
	}
	expectText(buffer, "");
}

/** As tests of Go do it with `rand`, but the same every time. */
function pseudoRandom(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

const linesByDelimiter: [text: string, delimiter: number, lines: string[], rest: string][] = [
	["", 0, [], ""],
	["a\0", 0, ["a\0"], ""],
	["abbbaaaba", 0x62, ["ab", "b", "b", "aaab"], "a"],
	["hello\x01world", 1, ["hello\x01"], "world"],
	["foo\nbar", 0, [], "foo\nbar"],
	["alpha\nbeta\ngamma\n", 0x0a, ["alpha\n", "beta\n", "gamma\n"], ""],
	["alpha\nbeta\ngamma", 0x0a, ["alpha\n", "beta\n"], "gamma"],
];

export const bytesAsInGo: Suite = {
	name: "ByteBuffer as Go's bytes.Buffer",
	cases: [
		{
			name: "reset, truncate, write and read again and again (TestBasicOperations)",
			run() {
				const buffer = new ByteBuffer();
				for (let i = 0; i < 5; i++) {
					expectText(buffer, "");
					buffer.reset();
					expectText(buffer, "");
					buffer.truncate(0);
					expectText(buffer, "");
					assert.strictEqual(buffer.write(testBytes.subarray(0, 1)), 1);
					expectText(buffer, "a");
					buffer.writeByte(0x62);
					expectText(buffer, "ab");
					assert.strictEqual(buffer.write(testBytes.subarray(2, 26)), 24);
					expectText(buffer, testString.slice(0, 26));
					buffer.truncate(26);
					expectText(buffer, testString.slice(0, 26));
					buffer.truncate(20);
					expectText(buffer, testString.slice(0, 20));
					empty(buffer, testString.slice(0, 20), new Uint8Array(5));
					empty(buffer, "", new Uint8Array(100));
					buffer.writeByte(0x62);
					assert.strictEqual(buffer.readByte(), 0x62);
					expectCode("ERR_POOL_RANGE", () => buffer.readByte());
				}
			},
		},
		...[testString, testBytes].map((all) => ({
			name: `large ${typeof all === "string" ? "string" : "byte"} writes, small reads (TestLarge…Writes)`,
			run() {
				const buffer = new ByteBuffer();
				for (let i = 3; i < 30; i += 3) {
					const text = fill(buffer, "", 5, all);
					empty(buffer, text, new Uint8Array(Math.floor(N / i)));
				}
			},
		})),
		...[testString, testBytes].map((all) => ({
			name: `small ${typeof all === "string" ? "string" : "byte"} writes, large reads (TestLarge…Reads)`,
			run() {
				const buffer = new ByteBuffer();
				for (let i = 3; i < 30; i += 3) {
					const text = fill(buffer, "", 5, all.slice(0, Math.floor(N / i)));
					empty(buffer, text, new Uint8Array(N));
				}
			},
		})),
		{
			name: "reads and writes of all sizes, mixed (TestMixedReadsAndWrites)",
			run() {
				const random = pseudoRandom(5);
				const buffer = new ByteBuffer();
				let text = "";
				for (let i = 0; i < 50; i++) {
					const all = i % 2 === 0 ? testString : testBytes;
					text = fill(buffer, text, 1, all.slice(0, random(N)));
					text = text.slice(buffer.read(new Uint8Array(random(N))));
				}
				empty(buffer, text, new Uint8Array(buffer.length));
			},
		},
		{
			name: "a given capacity is exact, and stays while what is written fits (TestCap…)",
			run() {
				const buffer = new ByteBuffer(10);
				assert.strictEqual(buffer.capacity, 10);
				buffer.writeString("test");
				assert.strictEqual(buffer.capacity, 10);
				buffer.writeString("sixsix");
				assert.strictEqual(buffer.capacity, 10);
				buffer.writeByte(0);
				assert.isAtLeast(buffer.capacity, 20);
			},
		},
		{
			name: "next gives the bytes asked for, or as many as there are (TestNext)",
			run() {
				const five = Uint8Array.of(0, 1, 2, 3, 4);
				for (let skipped = 0; skipped <= 5; skipped++) {
					for (let written = skipped; written <= 5; written++) {
						for (let asked = 0; asked <= 6; asked++) {
							const buffer = new ByteBuffer();
							buffer.write(five.subarray(0, written));
							assert.strictEqual(buffer.read(new Uint8Array(skipped)), skipped);
							const expected = five.subarray(skipped, Math.min(skipped + asked, written));
							assert.deepEqual(buffer.next(asked), expected);
							assert.strictEqual(buffer.length, written - skipped - expected.length);
						}
					}
				}
			},
		},
		{
			name: "readUntil gives line after line, then nothing, and keeps the rest (TestReadBytes, TestReadString)",
			run() {
				for (const [text, delimiter, lines, rest] of linesByDelimiter) {
					const buffer = new ByteBuffer();
					buffer.writeString(text);
					for (const line of lines) {
						assert.strictEqual(new TextDecoder().decode(buffer.readUntil(delimiter)), line);
					}
					assert.strictEqual(buffer.readUntil(delimiter), undefined);
					expectText(buffer, rest);
				}
			},
		},
		{
			name: "after grow(n) the next n bytes are written into the same storage (TestGrow)",
			run() {
				for (const grown of [0, 100, 1000, 10_000, 100_000]) {
					for (const held of [0, 100, 1000, 10_000, 100_000]) {
						const buffer = new ByteBuffer();
						buffer.write(new Uint8Array(held).fill(120));
						const read = buffer.read(new Uint8Array(72));
						buffer.grow(grown);
						const storage = buffer.bytes().buffer;
						const { capacity } = buffer;
						assert.isAtLeast(buffer.available, grown);
						buffer.write(new Uint8Array(grown).fill(121));
						assert.strictEqual(buffer.bytes().buffer, storage);
						assert.strictEqual(buffer.capacity, capacity);
						const expected = new Uint8Array(held - read + grown).fill(120);
						assert.deepEqual(buffer.bytes(), expected.fill(121, held - read));
					}
				}
			},
		},
		{
			name: "growing beyond all memory is an error, and loses nothing (TestGrowOverflow)",
			run() {
				const buffer = new ByteBuffer();
				buffer.writeString("kept");
				expectCode("ERR_POOL_RANGE", () => buffer.grow(Number.MAX_SAFE_INTEGER));
				expectText(buffer, "kept");
				buffer.writeString("!");
				expectText(buffer, "kept!");
			},
		},
		{
			name: "reading into nothing at the end is no error (TestReadEmptyAtEOF)",
			run: () => assert.strictEqual(new ByteBuffer().read(new Uint8Array(0)), 0),
		},
		{
			name: "5,120 writes and reads of 1 KiB keep the capacity within three times the first (TestBufferGrowth)",
			run() {
				const buffer = new ByteBuffer();
				const kilobyte = new Uint8Array(1024);
				buffer.writeByte(0);
				let first = 0;
				for (let i = 0; i < 5 * 1024; i++) {
					buffer.write(kilobyte);
					assert.strictEqual(buffer.read(kilobyte), 1024);
					if (i === 0) first = buffer.capacity;
				}
				assert.isAtMost(buffer.capacity, 3 * first);
				assert.strictEqual(buffer.length, 1);
			},
		},
		{
			name: "an empty source leaves an empty buffer empty, a failing one too (TestReadFromPanicReader)",
			async run() {
				const buffer = new ByteBuffer();
				assert.strictEqual(await buffer.readFrom([]), 0);
				expectText(buffer, "");
				const failure = new Error("read failed");
				const failing: AsyncIterable<string> = {
					[Symbol.asyncIterator]: () => ({ next: () => Promise.reject(failure) }),
				};
				assert.strictEqual(await buffer.readFrom(failing).catch((error: unknown) => error), failure);
				expectText(buffer, "");
			},
		},
		{
			name: "truncate keeps to its bounds (Truncate's panics)",
			run() {
				const buffer = new ByteBuffer();
				buffer.writeString("abc");
				buffer.readByte();
				for (const n of [-1, 3, 1.5, Number.NaN]) expectCode("ERR_POOL_RANGE", () => buffer.truncate(n));
				expectCode("ERR_POOL_ARGUMENT", () => buffer.truncate("1" as unknown as number));
				expectText(buffer, "bc");
				buffer.truncate(1);
				expectText(buffer, "b");
			},
		},
		{
			name: "grow, next and shrink take no negative numbers (Grow's panics)",
			run() {
				const buffer = new ByteBuffer();
				for (const method of ["grow", "next", "shrink"] as const) {
					for (const n of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
						expectCode("ERR_POOL_RANGE", () => buffer[method](n));
					}
					expectCode("ERR_POOL_ARGUMENT", () => buffer[method](null as unknown as number));
					assert.instanceOf(
						thrownBy(() => buffer[method]({} as unknown as number)),
						Error,
					);
				}
			},
		},
	],
};
