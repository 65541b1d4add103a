import { prelude } from "../../src/sources.mjs";

export const name = "jpeg-js";
export const version = "0.4.4";

const blocks = { name: "blocks", make: "new Int32Array(64)", reset: "(block) => block.fill(0)" };

/** @type {import("../../src/study.d.ts").EditsFor} */
export const edits = (way) => [
	{
		file: "lib/decoder.js",
		does: "a pool of the blocks of 64 coefficients, of which an image has thousands",
		start: prelude(way, [blocks], "cjs"),
		replace: [
			{ does: "taken instead of made", find: "row.push(new Int32Array(64));", by: "row.push(blocks.get());" },
			{
				does: "given back when the component's lines are built from them",
				find: "return lines;\n",
				by: "for (const row of component.blocks) for (const block of row) blocks.put(block); component.blocks = null; return lines;\n",
			},
			{ does: "blocks of the decoder are not the pool", find: "var blocks = [];", by: "var rows = [];" },
			{ does: "the same", find: "blocks.push(row);", by: "rows.push(row);" },
			{ does: "the same", find: "component.blocks = blocks;", by: "component.blocks = rows;" },
		],
	},
];
