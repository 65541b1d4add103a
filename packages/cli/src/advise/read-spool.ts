import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ThreadReport } from "./probe/thread-report.ts";

/** All that the threads of the program left, the main thread of the first process first. */
export function readSpool(folder: string): readonly ThreadReport[] {
	return readdirSync(folder)
		.filter((name) => name.endsWith(".json"))
		.map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as ThreadReport)
		.sort((a, b) => a.startedAt - b.startedAt || a.threadId - b.threadId);
}

/** The heap profile of the thread with the most of it, as V8 wrote it. */
export function largestHeapProfile(folder: string): string | undefined {
	const profiles = readdirSync(folder)
		.filter((name) => name.endsWith(".heapprofile"))
		.map((name) => readFileSync(join(folder, name), "utf8"));
	return profiles.sort((a, b) => b.length - a.length)[0];
}
