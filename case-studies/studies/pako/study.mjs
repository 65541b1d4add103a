import { prelude } from "../../src/sources.mjs";

export const name = "pako";
export const version = "3.0.3";
export const pools = ["deflateInit2", "DeflateState", "push"];
/** Its tests import the sources; what was edited is what was built from them. */
export const tests = {
	install: [],
	command:
		"node --test test/chunks.test.mjs test/deflate.test.mjs test/inflate.test.mjs test/gzip_specials.test.mjs test/strings.test.mjs",
	write: { "src/index.ts": 'export * from "../dist/pako.cjs.js";\n' },
};

/** All of a state: `deflateReset`, which the package offers for a state to be used again, clears what must be clear. */
const tables = {
	name: "deflateTables",
	make: "{ state: new DeflateState(), window: new Uint8Array(65536), head: new Uint16Array(32768), prev: new Uint16Array(32768), pending: new Uint8Array(65536) }",
};

/** 16,384: the chunk size of `deflate()` without options. */
const chunks = { name: "deflateChunks", make: "new Uint8Array(16384)" };

/** @type {import("../../src/study.d.ts").EditsFor} */
export const edits = (way) => [
	{
		file: "dist/pako.cjs.js",
		does: "a pool of deflate states with their four large arrays, for the default sizes, and of the chunk that deflate() writes to first",
		start: prelude(way, [tables, chunks], "cjs"),
		replace: [
			{
				does: "deflateInit2 takes a state instead of making one",
				find: "const s = new DeflateState();\n\tstrm.state = s;",
				by: "const tables = windowBits === 15 && memLevel === 8 ? deflateTables.get() : undefined; const s = tables === undefined ? new DeflateState() : tables.state; s.tables = tables; strm.state = s;",
			},
			{
				does: "deflateInit2 takes them instead of making them",
				find: /s\.window = new Uint8Array\(s\.w_size \* 2\);\s*s\.head = new Uint16Array\(s\.hash_size\);\s*s\.prev = new Uint16Array\(s\.w_size\);/u,
				by: "s.window = tables ? tables.window : new Uint8Array(s.w_size * 2); s.head = tables ? tables.head : new Uint16Array(s.hash_size); s.prev = tables ? tables.prev : new Uint16Array(s.w_size);",
			},
			{
				does: "the same for the pending bytes",
				find: "s.pending_buf = new Uint8Array(s.pending_buf_size);",
				by: "s.pending_buf = tables ? tables.pending : new Uint8Array(s.pending_buf_size);",
			},
			{
				does: "deflateEnd gives them back",
				find: /const status = strm\.state\.status;\s*strm\.state = null;\s*return status === BUSY_STATE/u,
				by: "const status = strm.state.status; const { tables } = strm.state; if (tables) { strm.state.tables = undefined; strm.state.strm = null; strm.state.gzhead = null; deflateTables.put(tables); } strm.state = null; return status === BUSY_STATE",
			},
			{
				does: "deflate() without options lends the first chunk, which is copied into the result",
				find: /(?<=function deflate\(input, options = \{\}\) \{\s*const deflator = new Deflate\(options\);\s*)deflator\.push\(input, true\);/u,
				by: "const chunk = arguments.length === 1 ? deflateChunks.get() : undefined; if (chunk) { deflator.strm.output = chunk; deflator.strm.avail_out = chunk.length; } deflator.push(input, true); if (chunk) deflateChunks.put(chunk);",
			},
		],
	},
];
