import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { TEXT_FILES } from "./data.ts";
import { defineWorkload } from "./define-workload.ts";
import { Scratch } from "./scratch.ts";

export const lines = defineWorkload<Scratch, string>({
	name: "lines",
	summary: "files of 0.2–1.2 MB read and split into lines",
	pool: { new: () => new Scratch() },
	inputs: TEXT_FILES,
	run(items, file, audit) {
		const scratch = items.get();
		const text = readWhole(file, scratch);
		const { count, longest } = measureLines(text);
		audit?.update(text);
		items.put(scratch);
		return count * 1e6 + longest;
	},
});

/** What `readFileSync` does, with the memory given. */
function readWhole(path: string, scratch: Scratch): Buffer {
	const file = openSync(path, "r");
	try {
		const { size } = fstatSync(file);
		const bytes = scratch.atLeast(size);
		let length = 0;
		for (let read = -1; length < size && read !== 0; length += read) {
			read = readSync(file, bytes, length, size - length, null);
		}
		return bytes.subarray(0, length);
	} finally {
		closeSync(file);
	}
}

const LINE_FEED = 10;

function measureLines(text: Buffer): { count: number; longest: number } {
	let count = 0;
	let longest = 0;
	let start = 0;
	for (let end = text.indexOf(LINE_FEED); end !== -1; end = text.indexOf(LINE_FEED, start)) {
		count++;
		longest = Math.max(longest, end - start);
		start = end + 1;
	}
	return { count, longest };
}
