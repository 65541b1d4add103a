import { prelude } from "../../src/sources.mjs";

export const name = "@msgpack/msgpack";
export const version = "3.1.3";
export const pools = ["Encoder"];

const encoders = { name: "encoders", make: "new Encoder_ts_1.Encoder()" };

/** @type {import("../../src/study.d.ts").EditsFor} */
export const edits = (way) => [
	{
		file: "dist.cjs/encode.cjs",
		does: "encode() without options uses an encoder again, and returns a copy of what it wrote",
		start: prelude(way, [encoders], "cjs"),
		replace: [
			{
				does: "without options",
				find: "const encoder = new Encoder_ts_1.Encoder(options);",
				by: "if (options === undefined) { const kept = encoders.get(); const bytes = kept.encode(value); encoders.put(kept); return bytes; } const encoder = new Encoder_ts_1.Encoder(options);",
			},
		],
	},
];
