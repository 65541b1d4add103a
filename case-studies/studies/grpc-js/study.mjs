import { prelude } from "../../src/sources.mjs";

export const name = "@grpc/grpc-js";
export const version = "1.14.7";
export const pools = ["zlib.gzip", "serializeMessage"];

/** In the place where they are when they are compiled: what they import from `src` is then what is published and changed here. */
export const tests = {
	install: ["mocha@11.7.5", "tsx@4.20.6", "lodash@4.17.21"],
	copy: [{ folder: "packages/grpc-js/test", to: "build/test" }],
	command:
		"node --import tsx node_modules/mocha/bin/mocha.js --no-config --exit --timeout 20000 'build/test/test-*.ts'",
};

/** With `flush` each write is a whole gzip file; `reset` begins the next one. */
const gzips = {
	name: "gzips",
	make: "Object.assign(zlib.createGzip({ flush: zlib.constants.Z_FINISH }), { parts: [] }).on('data', function (part) { this.parts.push(part); })",
	reset: "(gzip) => { gzip.parts = []; gzip.reset(); }",
	dispose: "(gzip) => gzip.close()",
};

/** @type {import("../../src/study.d.ts").EditsFor} */
export const edits = (way) => {
	const frames =
		way === "byHand"
			? "const frames = { free: [], get(length) { const at = this.free.findIndex((array) => array.length >= length); return at === -1 ? new Uint8Array(1 << (32 - Math.clz32(length - 1))) : this.free.splice(at, 1)[0]; }, put(array) { this.free.push(array); }, discard() {} }; "
			: 'const { BufferPool } = require("ebbpool/bytes"); const frames = new BufferPool({ name: "frames" }); ';
	return [
		{
			file: "build/src/server-interceptors.js",
			does: "a pool of the buffers that the server frames its answers in",
			start: frames,
			replace: [
				{
					does: "taken instead of made, for frames of 4 kB and more",
					find: "const output = Buffer.allocUnsafe(byteLength + 5);",
					by: "const kept = byteLength >= 4096 ? frames.get(byteLength + 5) : undefined; const output = kept ? Buffer.from(kept.buffer, kept.byteOffset, byteLength + 5) : Buffer.allocUnsafe(byteLength + 5); output.kept = kept;",
				},
				{
					does: "given back once it is written; after an error the session may still read it",
					find: "this.stream.write(response, error => {\n            var _a;",
					by: "this.stream.write(response, error => {\n            var _a; if (response.kept) { if (error) frames.discard(response.kept); else frames.put(response.kept); response.kept = undefined; }",
				},
			],
		},
		{
			file: "build/src/compression-filter.js",
			does: "a pool of the contexts that messages are compressed with",
			start: prelude(way, [gzips], "cjs"),
			replace: [
				{
					does: "taken instead of made by zlib.gzip; one that failed is closed",
					find: /zlib\.gzip\(message, \(err, output\) => \{\s*if \(err\) \{\s*reject\(err\);\s*\}\s*else \{\s*resolve\(output\);\s*\}\s*\}\);/u,
					by: "const gzip = gzips.get(); const failed = (err) => { gzip.close(); reject(err); }; gzip.once('error', failed); gzip.write(message, (err) => { if (err) return; gzip.off('error', failed); const output = gzip.parts.length === 1 ? gzip.parts[0] : Buffer.concat(gzip.parts); gzips.put(gzip); resolve(output); });",
				},
			],
		},
	];
};
