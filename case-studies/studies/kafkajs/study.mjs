import { prelude } from "../../src/sources.mjs";

export const name = "kafkajs";
export const version = "2.2.4";

const buffers = { name: "encoderBuffers", make: "Buffer.alloc(512)" };

/** @type {import("../../src/study.d.ts").EditsFor} */
export const edits = (way) => [
	{
		file: "src/protocol/encoder.js",
		does: "a pool of the 512 bytes that every encoder begins with",
		start: prelude(way, [buffers], "cjs"),
		replace: [
			{
				does: "taken instead of made",
				find: "this.buf = Buffer.alloc(Encoder.nextPowerOfTwo(initialSize))",
				by: "this.buf = initialSize === 511 ? encoderBuffers.get() : Buffer.alloc(Encoder.nextPowerOfTwo(initialSize))",
			},
			{
				does: "a method that gives them back",
				find: "get buffer() {",
				by: "release() { const { buf } = this; this.buf = null; if (buf !== null && buf.length === 512) encoderBuffers.put(buf); } get buffer() {",
			},
		],
	},
	{
		file: "src/protocol/recordBatch/v0/index.js",
		does: "records are given back once they were copied into the batch",
		start: "",
		replace: [
			{
				does: "after the copy",
				find: /const batch = new Encoder\(\)\s*\.writeInt32\(partitionLeaderEpoch\)/u,
				by: "for (const record of records) record.release(); const batch = new Encoder().writeInt32(partitionLeaderEpoch)",
			},
		],
	},
];
