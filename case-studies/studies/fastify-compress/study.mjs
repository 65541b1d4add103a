import { prelude } from "../../src/sources.mjs";

export const name = "@fastify/compress";
export const version = "9.2.0";
export const alongside = ["fastify@5.12.8"];
export const pools = ["zlib.gzipSync", "zlib.createGzip"];
export const tests = {
	install: ["fastify@5.12.8", "adm-zip@0.6.0", "jsonstream@1.0.3"],
	command: "node --test",
};

/**
 * A context that compresses at once, as `gzipSync` does, and is then ready for the next. Node closes its handle after each
 * such call, which is kept from it as the package minizlib does.
 */
const contexts = {
	name: "contexts",
	make: `(() => { const gzip = zlib.createGzip(); const handle = gzip._handle; const close = handle.close; const keep = () => {};
return {
	compress(input) {
		gzip._handle = handle; handle.close = keep;
		try { return gzip._processChunk(input, zlib.constants.Z_FINISH); } finally { gzip._handle = handle; gzip.removeAllListeners("error"); }
	},
	reset() { gzip.reset(); },
	close() { handle.close = close; gzip.close(); },
}; })()`.replaceAll(/\s*\n\s*/gu, " "),
	reset: "(context) => context.reset()",
	dispose: "(context) => context.close()",
};

/** @type {import("../../src/study.d.ts").EditsFor} */
export const edits = (way) => [
	{
		file: "index.js",
		does: "gzip without settings, for answers that are compressed at once, uses a context again",
		start: prelude(way, [contexts], "cjs"),
		replace: [
			{
				does: "where the package chooses what compresses at once",
				find: "compressSync = zlib[syncMethod]",
				by: "compressSync = syncMethod !== 'gzipSync' || options !== undefined ? zlib[syncMethod] : (input) => { const context = contexts.get(); const output = context.compress(input); contexts.put(context); return output }",
			},
		],
	},
];
