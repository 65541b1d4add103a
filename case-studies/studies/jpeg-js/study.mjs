import { prelude } from "../../src/sources.mjs";

export const name = "jpeg-js";
export const version = "0.4.4";

/** The blocks of one component, handed out one after the other and given back together: a pool is asked once for thousands. */
const arenas = {
	name: "arenas",
	make: "{ blocks: [], used: 0, take() { if (this.used < this.blocks.length) return this.blocks[this.used++].fill(0); const block = new Int32Array(64); this.blocks.push(block); this.used++; return block; } }",
	reset: "(arena) => { arena.used = 0; }",
};

/** @type {import("../../src/study.d.ts").EditsFor} */
export const edits = (way) => [
	{
		file: "lib/decoder.js",
		does: "a pool of all blocks of 64 coefficients of a component, of which an image has thousands",
		start: prelude(way, [arenas], "cjs"),
		replace: [
			{
				does: "the blocks of a component",
				find: "var blocks = [];",
				by: "var blocks = []; var arena = arenas.get(); component.arena = arena;",
			},
			{ does: "taken instead of made", find: "row.push(new Int32Array(64));", by: "row.push(arena.take());" },
			{
				does: "given back when the component's lines are built from them",
				find: "return lines;\n",
				by: "if (component.arena) { arenas.put(component.arena); component.arena = null; component.blocks = null; } return lines;\n",
			},
		],
	},
];
