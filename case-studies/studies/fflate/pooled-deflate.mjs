import { prelude } from "../../src/sources.mjs";

/** All arrays of fixed size that `dflt` makes for a call. */
const states = {
	name: "dfltStates",
	make: "{ prev: new Uint16Array(32768), head: new Uint16Array(32768), syms: new Int32Array(25000), lf: new Uint16Array(288), df: new Uint16Array(32) }",
};

/**
 * The change of `dflt`, for any of the files that the package ships it in.
 * @param {import("../../src/study.d.ts").ReuseWay} way
 * @param {string} file
 * @param {"cjs" | "esm"} format
 * @returns {import("../../src/study.d.ts").FileEdit}
 */
export function pooledDeflate(way, file, format) {
	return {
		package: "fflate",
		file,
		does: "a pool of the arrays of dflt, for one call at a time that is not part of a stream",
		start: prelude(way, [states], format),
		replace: [
			{
				does: "dflt takes prev, which is written before it is read, and head, of which it clears what it uses; a stream keeps its own",
				find: "var prev = st.p || new u16(32768), head = st.h || new u16(msk_1 + 1);",
				by: "var kept = st.l && !st.p && msk_1 < 32768 ? dfltStates.get() : undefined; if (kept) kept.head.fill(0, 0, msk_1 + 1); var prev = kept ? kept.prev : st.p || new u16(32768), head = kept ? kept.head : st.h || new u16(msk_1 + 1);",
			},
			{
				does: "syms, which is written before it is read",
				find: "var syms = new i32(25000);",
				by: "var syms = kept ? kept.syms : new i32(25000);",
			},
			{
				does: "and the two tables of frequencies, cleared",
				find: "var lf = new u16(288), df = new u16(32);",
				by: "var lf = kept ? kept.lf.fill(0) : new u16(288), df = kept ? kept.df.fill(0) : new u16(32);",
			},
			{
				does: "they go back where the last block is written",
				find: "if (!lst) {\n            st.r = (pos & 7)",
				by: "if (kept) dfltStates.put(kept); if (!lst) {\n            st.r = (pos & 7)",
			},
		],
	};
}
