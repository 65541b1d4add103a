import { prelude } from "../../src/sources.mjs";

export const name = "pako";
export const version = "3.0.3";

const tables = {
	name: "deflateTables",
	make: "{ window: new Uint8Array(65536), head: new Uint16Array(32768), prev: new Uint16Array(32768), pending: new Uint8Array(65536) }",
};

/** @type {import("../../src/study.d.ts").EditsFor} */
export const edits = (way) => [
	{
		file: "dist/pako.cjs.js",
		does: "a pool of the four large arrays of a deflate state, for the default sizes",
		start: prelude(way, [tables], "cjs"),
		replace: [
			{
				does: "deflateInit2 takes them instead of making them",
				find: /s\.window = new Uint8Array\(s\.w_size \* 2\);\s*s\.head = new Uint16Array\(s\.hash_size\);\s*s\.prev = new Uint16Array\(s\.w_size\);/u,
				by: "const usual = s.w_size === 32768 && s.hash_size === 32768 && memLevel === 8; s.tables = usual ? deflateTables.get() : { window: new Uint8Array(s.w_size * 2), head: new Uint16Array(s.hash_size), prev: new Uint16Array(s.w_size), pending: new Uint8Array(1 << (memLevel + 8)) }; s.usual = usual; s.window = s.tables.window; s.head = s.tables.head; s.prev = s.tables.prev;",
			},
			{
				does: "the same for the pending bytes",
				find: "s.pending_buf = new Uint8Array(s.pending_buf_size);",
				by: "s.pending_buf = s.tables.pending;",
			},
			{
				does: "deflateEnd gives them back",
				find: /const status = strm\.state\.status;\s*strm\.state = null;\s*return status === BUSY_STATE/u,
				by: "const status = strm.state.status; if (strm.state.usual) deflateTables.put(strm.state.tables); strm.state = null; return status === BUSY_STATE",
			},
		],
	},
];
