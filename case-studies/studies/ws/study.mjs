import { prelude } from "../../src/sources.mjs";

export const name = "ws";
export const version = "8.23.0";
export const pools = ["_compress", "_decompress", "frame"];
export const tests = { install: ["mocha@8.4.0"], command: "npx mocha --exit test/*.test.js" };

const deflates = {
	name: "deflates",
	make: "zlib.createDeflateRaw().on('data', deflateOnData)",
	reset: "(deflate) => deflate.reset()",
	dispose: "(deflate) => deflate.close()",
};
const inflates = {
	name: "inflates",
	make: "zlib.createInflateRaw().on('error', inflateOnError).on('data', inflateOnData)",
	reset: "(inflate) => inflate.reset()",
	dispose: "(inflate) => inflate.close()",
};

/** @type {import("../../src/study.d.ts").EditsFor} */
export const edits = (way) => {
	const frames =
		way === "byHand"
			? "const frames = { free: [], get(length) { const at = this.free.findIndex((array) => array.length >= length); return at === -1 ? new Uint8Array(1 << (32 - Math.clz32(length - 1))) : this.free.splice(at, 1)[0]; }, put(array) { this.free.push(array); } }; "
			: 'const { BufferPool } = require("ebbpool/bytes"); const frames = new BufferPool({ name: "frames" }); ';
	return [
		{
			file: "lib/sender.js",
			does: "a pool of the buffers that masked copies of messages are written into",
			start: frames,
			replace: [
				{
					does: "taken instead of made, for copies of 1 kB and more",
					find: "const target = Buffer.allocUnsafe(merge ? dataLength + offset : offset);",
					by: "const kept = merge && dataLength >= 1024 ? frames.get(dataLength + offset) : undefined; const target = kept ? Buffer.from(kept.buffer, 0, dataLength + offset) : Buffer.allocUnsafe(merge ? dataLength + offset : offset);",
				},
				{
					does: "whose it is, for the one who sends it",
					find: "applyMask(data, mask, target, offset, dataLength);\n      return [target];",
					by: "applyMask(data, mask, target, offset, dataLength);\n      return Object.assign([target], { kept });",
				},
				{
					does: "given back when the socket is done with it",
					find: /\} else \{\s*this\._socket\.write\(list\[0\], cb\);/u,
					by: "} else { const { kept } = list; this._socket.write(list[0], kept ? (error) => { frames.put(kept); if (cb) cb(error); } : cb);",
				},
			],
		},
		{
			file: "lib/permessage-deflate.js",
			does: "pools of zlib contexts, for connections without settings of their own",
			start: prelude(way, [deflates, inflates], "cjs"),
			replace: [
				{
					does: "a context for what comes in",
					find: /this\._inflate = zlib\.createInflateRaw\(\{\s*\.\.\.this\._options\.zlibInflateOptions,\s*windowBits\s*\}\);/u,
					by: "this._pooledInflate = !this._options.zlibInflateOptions && windowBits === zlib.Z_DEFAULT_WINDOWBITS; this._inflate = this._pooledInflate ? inflates.get() : zlib.createInflateRaw({ ...this._options.zlibInflateOptions, windowBits });",
				},
				{
					does: "whose listeners are there",
					find: /this\._inflate\.on\('error', inflateOnError\);\s*this\._inflate\.on\('data', inflateOnData\);/u,
					by: "if (!this._pooledInflate) this._inflate.on('error', inflateOnError).on('data', inflateOnData);",
				},
				{
					does: "a context that waits for nothing has no callback",
					find: "callback(null, data);\n    });\n  }\n\n  /**\n   * Compress data.\n   *\n   * @param {(Buffer|String)} data Data to compress\n   * @param {Boolean} fin Specifies whether or not this is the last fragment\n   * @param {Function} callback Callback\n   * @private",
					by: "if (this._inflate) this._inflate[kCallback] = null; callback(null, data);\n    });\n  }\n\n  /**\n   * Compress data.\n   *\n   * @param {(Buffer|String)} data Data to compress\n   * @param {Boolean} fin Specifies whether or not this is the last fragment\n   * @param {Function} callback Callback\n   * @private",
				},
				{
					does: "a context for what goes out",
					find: /this\._deflate = zlib\.createDeflateRaw\(\{\s*\.\.\.this\._options\.zlibDeflateOptions,\s*windowBits\s*\}\);/u,
					by: "this._pooledDeflate = !this._options.zlibDeflateOptions && windowBits === zlib.Z_DEFAULT_WINDOWBITS; this._deflate = this._pooledDeflate ? deflates.get() : zlib.createDeflateRaw({ ...this._options.zlibDeflateOptions, windowBits });",
				},
				{
					does: "whose listener is there",
					find: "this._deflate.on('data', deflateOnData);",
					by: "if (!this._pooledDeflate) this._deflate.on('data', deflateOnData);",
				},
				{
					does: "idle contexts are given back where they were closed",
					find: /(?<=cleanup\(\) \{\s*)if \(this\._inflate\) \{\s*this\._inflate\.close\(\);/u,
					by: "if (this._inflate) { if (this._pooledInflate && !this._inflate[kCallback]) { this._inflate[kPerMessageDeflate] = null; this._inflate[kBuffers] = null; inflates.put(this._inflate); } else this._inflate.close();",
				},
				{
					does: "of both kinds",
					find: "const callback = this._deflate[kCallback];\n\n      this._deflate.close();",
					by: "const callback = this._deflate[kCallback]; if (this._pooledDeflate && !callback) { this._deflate[kBuffers] = null; deflates.put(this._deflate); } else\n      this._deflate.close();",
				},
			],
		},
	];
};
