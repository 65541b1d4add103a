import { prelude } from "../../src/sources.mjs";

export const name = "jpeg-js";
export const version = "0.4.4";
export const pools = ["prepareComponents", "buildComponentData"];
export const tests = { install: ["jest@25.4.0"], command: "npx jest --testMatch='**/test/*.js'" };

/**
 * All blocks of coefficients and all lines of samples of one image. Blocks are views of chunks of 64, cleared a chunk at a time when its first one
 * is taken; lines are written before they are read.
 */
const arenas = {
	name: "arenas",
	make: `{ chunks: [], used: 0, bytes: new Uint8Array(0), at: 0,
block() {
	const at = this.used++;
	let chunk = this.chunks[at >> 6];
	if ((at & 63) === 0) {
		if (chunk === undefined) {
			const all = new Int32Array(4096);
			chunk = { all, blocks: Array.from({ length: 64 }, (_, i) => all.subarray(i * 64, i * 64 + 64)) };
			this.chunks.push(chunk);
		} else chunk.all.fill(0);
	}
	return chunk.blocks[at & 63];
},
line(length, lines) {
	if (this.at + length > this.bytes.length) { this.bytes = new Uint8Array(Math.max(length * lines, this.bytes.length * 2)); this.at = 0; }
	return this.bytes.subarray(this.at, this.at += length);
} }`.replaceAll(/\s*\n\s*/gu, " "),
	reset: "(arena) => { arena.used = 0; arena.at = 0; }",
};

/** @type {import("../../src/study.d.ts").EditsFor} */
export const edits = (way) => [
	{
		file: "lib/decoder.js",
		does: "a pool of all blocks of 64 coefficients and all lines of an image",
		start: prelude(way, [arenas], "cjs"),
		replace: [
			{
				does: "blocks are taken instead of made",
				find: "row.push(new Int32Array(64));",
				by: "row.push(component.arena.block());",
			},
			{
				does: "from the arena of the image",
				find: "var blocksToAllocate = blocksPerColumnForMcu * blocksPerLineForMcu;",
				by: "var blocksToAllocate = blocksPerColumnForMcu * blocksPerLineForMcu; component.arena = arena;",
			},
			{
				does: "which is there before the first frame",
				find: "function prepareComponents(frame) {",
				by: "var arena = this.arena; function prepareComponents(frame) {",
			},
			{
				does: "lines are taken instead of made",
				find: "lines.push(new Uint8Array(samplesPerLine));",
				by: "lines.push(component.arena.line(samplesPerLine, blocksPerColumn * 8));",
			},
			{
				does: "decode() takes an arena",
				find: "decoder.parse(arr);",
				by: "decoder.arena = arenas.get(); decoder.parse(arr);",
			},
			{
				does: "and gives it back when the image has its pixels",
				find: /(?<=decoder\.copyToImageData\(image, opts\.formatAsRGBA\);)/u,
				by: " arenas.put(decoder.arena); decoder.arena = null;",
			},
		],
	},
];
