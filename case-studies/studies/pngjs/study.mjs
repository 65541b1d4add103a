import { prelude } from "../../src/sources.mjs";

export const name = "pngjs";
export const version = "7.0.0";

const images = {
	name: "images",
	make: "{ bytes: Buffer.alloc(0), atLeast(length) { if (this.bytes.length < length) this.bytes = Buffer.allocUnsafe(length); return this.bytes; } }",
};

/** @type {import("../../src/study.d.ts").EditsFor} */
export const edits = (way) => [
	{
		file: "lib/filter-parse-sync.js",
		does: "all lines of an image are written into one array that is kept, instead of into one each that are then joined",
		start: prelude(way, [images], "cjs"),
		replace: [
			{
				does: "room for the whole image",
				find: "let outBuffers = [];",
				by: "let kept = images.get(); let out = kept.atLeast(inBuffer.length); let at = 0;",
			},
			{
				does: "the next line is where the last one ended",
				find: "outBuffers.push(bufferPart);",
				by: "if (bufferPart.buffer !== out.buffer || bufferPart.byteOffset !== out.byteOffset + at) bufferPart.copy(out, at); at += bufferPart.length;",
			},
			{
				does: "where the filter asks for a line",
				find: "complete: function () {},",
				by: "complete: function () {}, line: function (length) { return out.subarray(at, at + length); },",
			},
			{
				does: "the image and what gives it back",
				find: "return Buffer.concat(outBuffers);",
				by: "let data = out.subarray(0, at); data.giveBack = () => images.put(kept); return data;",
			},
		],
	},
	{
		file: "lib/filter-parse.js",
		does: "lines come from whoever gathers them",
		start: "",
		replace: [
			{
				does: "the function that gives a line",
				find: "this.complete = dependencies.complete;",
				by: "this.complete = dependencies.complete; this.line = dependencies.line || Buffer.alloc;",
			},
			{
				does: "its use",
				find: "unfilteredLine = Buffer.alloc(byteWidth);",
				by: "unfilteredLine = this.line(byteWidth);",
			},
		],
	},
	{
		file: "lib/parser-sync.js",
		does: "the lines are given back once the bitmap is made from them",
		start: "",
		replace: [
			{
				does: "after its last use",
				find: "unfilteredData = null;",
				by: "unfilteredData.giveBack(); unfilteredData = null;",
			},
		],
	},
];
