import { prelude } from "../../src/sources.mjs";

export const name = "@msgpack/msgpack";
export const version = "3.1.3";
export const pools = ["Encoder"];

/** They import what they test from `src`, which stands for what is published here. */
export const tests = {
	install: ["mocha@11.7.5", "tsx@4.20.6", "ieee754@1.2.1", "msg-timestamp@1.0.1", "msgpack-test-js@1.0.0"],
	command: "node --import tsx node_modules/mocha/bin/mocha.js --no-config --timeout 10000 'test/*.test.ts'",
	write: {
		"src/index.ts": 'export * from "../dist.cjs/index.cjs";\n',
		"src/CachedKeyDecoder.ts": 'export * from "../dist.cjs/CachedKeyDecoder.cjs";\n',
		"src/utils/int.ts": 'export * from "../../dist.cjs/utils/int.cjs";\n',
		"src/utils/utf8.ts": 'export * from "../../dist.cjs/utils/utf8.cjs";\n',
	},
};

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
