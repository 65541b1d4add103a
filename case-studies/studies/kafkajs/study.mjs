import { prelude } from "../../src/sources.mjs";

export const name = "kafkajs";
export const version = "2.2.4";
export const pools = ["Encoder", "ensureAvailable"];

/** Those that need no broker. */
export const tests = {
	install: ["jest@29.7.0", "jest-extended@0.11.5", "glob@7.2.3"],
	copy: [{ folder: "src", only: /\.spec\.js$|\/(?:fixtures|testHelpers)\// }, { folder: "testHelpers" }],
	command: "npx jest --config own.jest.json src/protocol src/utils",
	write: {
		"own.jest.json": JSON.stringify({
			moduleNameMapper: { "^testHelpers$": "<rootDir>/testHelpers/index.js" },
			setupFilesAfterEnv: ["<rootDir>/testHelpers/setup.js"],
			testEnvironment: "node",
			testRegex: "\\.spec\\.js$",
		}),
	},
};

/** 512: what `Encoder.nextPowerOfTwo` makes of the 511 that an encoder begins with where nothing else is asked. */
const buffers = { name: "encoderBuffers", make: "Buffer.allocUnsafe(512)" };

/** @type {import("../../src/study.d.ts").EditsFor} */
export const edits = (way) => [
	{
		file: "src/protocol/encoder.js",
		does: "a pool of the 512 bytes that every encoder begins with; an encoder that was copied into another gives them back",
		start: prelude(way, [buffers], "cjs"),
		replace: [
			{
				does: "taken instead of made; they are written before they are read",
				find: "this.buf = Buffer.alloc(Encoder.nextPowerOfTwo(initialSize))",
				by: "this.buf = initialSize === 511 ? encoderBuffers.get() : Buffer.alloc(Encoder.nextPowerOfTwo(initialSize))",
			},
			{
				does: "given back when they have become too few",
				find: "this.buf.copy(newBuffer, 0, 0, this.offset)",
				by: "this.buf.copy(newBuffer, 0, 0, this.offset); this.release()",
			},
			{
				does: "a method that gives them back",
				find: "get buffer() {",
				by: "release() { const { buf } = this; this.buf = null; if (buf !== null && buf.length === 512) encoderBuffers.put(buf) } get buffer() {",
			},
			{
				does: "an encoder written into another is done",
				find: "this.writeBufferInternal(value.buffer)",
				by: "this.writeBufferInternal(value.buffer); value.release()",
			},
			{
				does: "so is each of an array",
				find: "this.writeBufferInternal(v.buffer)",
				by: "this.writeBufferInternal(v.buffer); v.release()",
			},
		],
	},
	{
		file: "src/protocol/recordBatch/v0/index.js",
		does: "the batch, whose bytes alone are copied, is done as well",
		start: "",
		replace: [
			{
				does: "after the copy",
				find: "return new Encoder().writeInt64(firstOffset).writeBytes(batch.buffer)",
				by: "const whole = new Encoder().writeInt64(firstOffset).writeBytes(batch.buffer); batch.release(); return whole",
			},
		],
	},
];
