import { prelude } from "../../src/sources.mjs";
import { pooledDeflate } from "../fflate/pooled-deflate.mjs";

export const name = "fast-png";
export const version = "8.0.0";
export const pools = ["dflt", "ensureAvailable", "IOBuffer"];

/** They import what they test from `src`, which stands for what is published here. */
export const tests = {
	install: ["vitest@3.2.4", "pngjs@7.0.0"],
	copy: [{ folder: "src/__tests__" }, { folder: "img" }],
	command: "npx vitest run --reporter=basic",
	write: { "src/index.ts": 'export * from "../lib/index.js";\n' },
};

const buffers = {
	name: "buffers",
	make: "new IOBuffer().setBigEndian()",
	reset: "(buffer) => { buffer.offset = 0; buffer.lastWrittenByte = 0; }",
};

/**
 * Most of what an image of this package's costs in memory is made by fflate, which compresses it.
 * @type {import("../../src/study.d.ts").EditsFor}
 */
export const edits = (way) => [
	pooledDeflate(way, "esm/index.mjs", "esm"),
	{
		file: "lib/png_encoder.js",
		does: "a pool of the buffer that the filtered lines are gathered in, which otherwise grows from 8 kB anew",
		start: prelude(way, [buffers], "esm"),
		replace: [
			{
				does: "taken instead of made",
				find: "const newData = new IOBuffer().setBigEndian();",
				by: "const newData = buffers.get();",
			},
			{
				does: "given back once it is compressed",
				find: "const compressed = zlibSync(buffer, this._zlibOptions);",
				by: "const compressed = zlibSync(buffer, this._zlibOptions); buffers.put(newData);",
			},
		],
	},
];
