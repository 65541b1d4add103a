export const name = "@fastify/compress";
export const version = "9.2.0";
export const alongside = ["fastify@5.12.8", "minizlib@3.1.0"];

/** @type {import("../../src/study.d.ts").EditsFor} */
export const edits = (way) => {
	const make = "new Gzip({})";
	const source =
		way === "byHand"
			? `const contexts = { free: [], get() { return this.free.pop() ?? ${make}; }, put(z) { z.reset(); this.free.push(z); } };`
			: `const { Pool } = require("ebbpool"); const contexts = new Pool({ name: "gzip", new: () => ${make}, reset: (z) => z.reset(), dispose: (z) => z.close() });`;
	return [
		{
			file: "index.js",
			does: "gzipSync uses a compression context again",
			start: `const { Gzip } = require("minizlib"); ${source} `,
			replace: [
				{
					does: "where the package chooses what compresses at once",
					find: "compressSync = zlib[syncMethod]",
					by: "compressSync = syncMethod !== 'gzipSync' ? zlib[syncMethod] : (input) => { const z = contexts.get(); z.write(input); z.flush(zlib.constants.Z_FINISH); const output = z.read(); contexts.put(z); return output }",
				},
			],
		},
	];
};
