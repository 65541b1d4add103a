import { documents } from "../../../src/data.mjs";

export const does = "JSON answers of 1 to 10 kB compressed with gzipSync one by one";
export const operations = 4000;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export function open(requireFrom) {
	const { gzipSync } = requireFrom("fflate");
	const inputs = documents([5, 10, 20, 45]).map((text) => Buffer.from(text));
	return (at) => gzipSync(inputs[at % inputs.length], { mtime: 1 });
}
