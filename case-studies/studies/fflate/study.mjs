import { prelude } from "../../src/sources.mjs";

export const name = "fflate";
export const version = "0.8.3";

const tables = {
	name: "dfltTables",
	make: "{ prev: new Uint16Array(32768), head: new Uint16Array(32768), syms: new Int32Array(25000) }",
};

/** @type {import("../../src/study.d.ts").EditsFor} */
export const edits = (way) => [
	{
		file: "lib/node.cjs",
		does: "a pool of the three large arrays of dflt, for one call at a time that is not part of a stream",
		start: prelude(way, [tables], "cjs"),
		replace: [
			{
				does: "dflt takes two of them, and clears what it may read; a stream keeps its own",
				find: "var prev = st.p || new u16(32768), head = st.h || new u16(msk_1 + 1);",
				by: "var kept = st.l && !st.p && msk_1 < 32768 ? dfltTables.get() : undefined; if (kept) { kept.prev.fill(0, 0, Math.min(s, 32768)); kept.head.fill(0, 0, msk_1 + 1); } var prev = kept ? kept.prev : st.p || new u16(32768), head = kept ? kept.head : st.h || new u16(msk_1 + 1);",
			},
			{
				does: "and the third, which is written before it is read",
				find: "var syms = new i32(25000);",
				by: "var syms = kept ? kept.syms : new i32(25000);",
			},
			{
				does: "they go back where the last block is written",
				find: "if (!lst) {\n            st.r = (pos & 7)",
				by: "if (kept) dfltTables.put(kept); if (!lst) {\n            st.r = (pos & 7)",
			},
		],
	},
];
