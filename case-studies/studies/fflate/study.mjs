import { pooledDeflate } from "./pooled-deflate.mjs";

export const name = "fflate";
export const version = "0.8.3";
export const pools = ["dflt"];

/** The tests fetch these from elsewhere where they are not there: text and pictures. Here they are words and noise with runs in it. */
const words = Array.from({ length: 60_000 }, (_, at) =>
	((at * 2_654_435_761) >>> (at % 23)).toString(36),
).join(" ");
const picture = (/** @type {number} */ size) =>
	Array.from({ length: size }, (_, at) => String.fromCharCode(32 + (((at >> 5) * 40_503) % 90))).join("");

/** Those of streams, of whole archives and of speed are not written yet, or want archives from elsewhere. */
export const tests = {
	install: [
		"uvu@0.3.5",
		"ts-node@10.9.2",
		"typescript@5.9.3",
		"@types/node@20",
		"pako@2.1.0",
		"uzip@0.20201231.0",
	],
	command:
		"mkdir -p test/results && TS_NODE_TRANSPILE_ONLY=1 TS_NODE_PROJECT=test/own.json npx uvu -r ts-node/register test '[01]-.*\\.ts$'",
	write: {
		"test/own.json":
			'{ "compilerOptions": { "module": "CommonJS", "target": "ES2022", "esModuleInterop": false } }',
		"test/data/text": words,
		"test/data/smallImage": picture(100_000),
		"test/data/image": picture(400_000),
		"test/data/largeImage": picture(1_500_000),
		"test/data/model3D": "",
		"test/data/largeModel3D": "",
	},
};

/** @type {import("../../src/study.d.ts").EditsFor} */
export const edits = (way) => [pooledDeflate(way, "lib/node.cjs", "cjs")];
