import { prelude } from "../../src/sources.mjs";

export const name = "pngjs";
export const version = "7.0.0";
export const pools = ["Inflate", "Inflate._processChunk", "exports.process", "Filter._reverseFilterLine"];
export const tests = { install: ["tape@5.6.3", "buffer-equal@1.0.1"], command: "npx tape test/*-spec.js" };

/** What an image is inflated with, what it is inflated into, and the lines of it. */
const readers = {
	name: "readers",
	make: "new Inflate({})",
	reset: "(reader) => reader.reset()",
	dispose: "(reader) => reader.close()",
};

/** @type {import("../../src/study.d.ts").EditsFor} */
export const edits = (way) => [
	{
		file: "lib/sync-inflate.js",
		does: "a pool of zlib contexts, each with room for an image as it was compressed and for its lines",
		start: prelude(way, [readers], "cjs"),
		replace: [
			{
				does: "a context inflates into memory that it keeps; one that fails is closed, as before, and not pooled",
				find: "function inflateSync(buffer, opts) {",
				by: `function atLeast(bytes, length) { return bytes !== undefined && bytes.length >= length ? bytes : Buffer.allocUnsafe(length); }
exports.lend = function (buffer, length) {
	const reader = readers.get();
	reader._chunkSize = Math.max(length, zlib.Z_MIN_CHUNK);
	reader._maxLength = length;
	reader.raw = atLeast(reader.raw, reader._chunkSize);
	reader._buffer = reader.raw;
	reader._offset = 0;
	reader.lent = true;
	return { data: zlibBufferSync(reader, buffer), lines: (reader.lines = atLeast(reader.lines, length)), giveBack() { if (!reader.destroyed) readers.put(reader); } };
};
function inflateSync(buffer, opts) {`.replaceAll(/\s*\n\s*/gu, " "),
			},
			{
				does: "the new function stays",
				find: "module.exports = exports = inflateSync;",
				by: "inflateSync.lend = exports.lend; module.exports = exports = inflateSync;",
			},
			{
				does: "one listener for all images",
				find: 'this.on("error", function (err) {\n    error = err;\n  });',
				by: 'function failed(err) {\n    error = err;\n  } this.on("error", failed);',
			},
			{
				does: "no copy of what is in one piece, and no close of what is kept",
				find: "let buf = Buffer.concat(buffers, nread);\n  _close(this);",
				by: 'let buf = this.lent && buffers.length === 1 ? buffers[0] : Buffer.concat(buffers, nread); if (!this.destroyed) this.removeListener("error", failed);\n  if (!this.lent) _close(this);',
			},
		],
	},
	{
		file: "lib/filter-parse-sync.js",
		does: "all lines of an image are written into one array, instead of into one each that are then joined",
		start: "",
		replace: [
			{
				does: "room for the whole image",
				find: "exports.process = function (inBuffer, bitmapInfo) {\n  let outBuffers = [];",
				by: "exports.process = function (inBuffer, bitmapInfo, out = Buffer.allocUnsafe(inBuffer.length)) {\n  let at = 0;",
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
			{ does: "the image", find: "return Buffer.concat(outBuffers);", by: "return out.subarray(0, at);" },
		],
	},
	{
		file: "lib/filter-parse.js",
		does: "lines come from what gathers them",
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
		does: "the context and its memory are given back once the bitmap is made",
		start: "",
		replace: [
			{
				does: "borrowed for an image that is not interlaced",
				find: /inflatedData = inflateSync\(inflateData, \{\s*chunkSize: imageSize,\s*maxLength: imageSize,\s*\}\);/u,
				by: "lent = inflateSync.lend(inflateData, imageSize); inflatedData = lent.data;",
			},
			{ does: "known until the end", find: "let inflatedData;", by: "let inflatedData, lent;" },
			{
				does: "its room for lines",
				find: "FilterSync.process(inflatedData, metaData);",
				by: "FilterSync.process(inflatedData, metaData, lent && lent.lines);",
			},
			{
				does: "given back after the last use",
				find: "unfilteredData = null;",
				by: "unfilteredData = null; if (lent) lent.giveBack();",
			},
		],
	},
];
