export const name = "ws";
export const version = "8.23.0";

/** @type {import("../../src/study.d.ts").EditsFor} */
export const edits = (way) => {
	const source =
		way === "byHand"
			? "const frames = { free: [], get(length) { const at = this.free.findIndex((array) => array.length >= length); return at === -1 ? new Uint8Array(1 << (32 - Math.clz32(length - 1))) : this.free.splice(at, 1)[0]; }, put(array) { this.free.push(array); } }; "
			: 'const { BufferPool } = require("ebbpool/bytes"); const frames = new BufferPool({ name: "frames" }); ';
	return [
		{
			file: "lib/sender.js",
			does: "a pool of the buffers that masked copies of messages are written into",
			start: source,
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
	];
};
