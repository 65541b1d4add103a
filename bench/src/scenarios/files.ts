import { createReadStream } from "node:fs";
import { mkdtemp, open, readFile as readFreshFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BufferPool } from "ebbpool/bytes";
import { readChunks, readFile } from "ebbpool/files";
import { median } from "simple-statistics";
import type { Budget } from "../measure/budget.ts";
import { watchHeap } from "../measure/heap-use.ts";
import type { Sample } from "../measure/sample.ts";
import { type AsyncWork, processorTime } from "../measure/time-async.ts";
import type { Scenario } from "./scenario.ts";

const KIB = 1024;
const CHUNK = 64 * KIB;
const CHUNKED_FILE = 4 * KIB * KIB;
/** Files that are read at a time. */
const IN_FLIGHT = 16;
const WAYS = ["readFile", "fs.promises.readFile", "fs.promises.readFile, tuned"];

/** Reads a file and uses the bytes. */
type Read = (path: string) => Promise<void>;

let used = 0;
function use(bytes: Uint8Array): void {
	used += bytes.at(-1) as number;
}

function wholeFiles(way: string): Read {
	if (way !== "readFile") return async (path) => use(await readFreshFile(path));
	const pool = new BufferPool({ maxLength: 2 ** 26 });
	return async (path) => {
		const lease = await readFile(path, pool);
		use(lease.item);
		lease.release();
	};
}

const CHUNKED: Readonly<Record<string, () => Read>> = {
	readChunks() {
		const pool = new BufferPool();
		return async (path) => {
			for await (const chunk of readChunks(path, { pool, chunkSize: CHUNK })) {
				use(chunk.item);
				chunk.release();
			}
		};
	},
	createReadStream: () => readStream,
	"createReadStream, tuned": () => readStream,
	/** What nothing can be cheaper than: the reads alone. */
	"one array by hand"() {
		const array = Buffer.allocUnsafe(CHUNK);
		return async (path) => {
			const file = await open(path);
			for (;;) {
				const { bytesRead } = await file.read(array, 0, CHUNK);
				if (bytesRead === 0) break;
				use(array.subarray(0, bytesRead));
			}
			await file.close();
		};
	},
};

async function readStream(path: string): Promise<void> {
	for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) use(chunk);
}

/** Whole files, 16 at a time. */
function readFiles(size: number): Scenario {
	return {
		operation: `file of ${size / KIB} KiB read`,
		variants: WAYS,
		tuned: WAYS.filter((way) => way.endsWith(", tuned")),
		baselines: ["fs.promises.readFile"],
		figures: ["heapBytes", "offHeapBytes", "major", "residentBytes"],
		measure: (way, budget) =>
			measure({ fileBytes: size, bytes: size }, budget, (path) => {
				const read = wholeFiles(way);
				return async (operations) => {
					let begun = 0;
					const keepReading = async () => {
						while (begun++ < operations) await read(path);
					};
					await Promise.all(Array.from({ length: IN_FLIGHT }, keepReading));
					return operations;
				};
			}),
	};
}

export const readFile64K = readFiles(CHUNK);
export const readFile1M = readFiles(KIB * KIB);
export const readFile16M = readFiles(16 * KIB * KIB);

/** One file of 4 MiB after the other, a chunk at a time. */
export const chunks: Scenario = {
	operation: "chunk of 64 KiB of a file of 4 MiB",
	variants: Object.keys(CHUNKED),
	tuned: ["createReadStream, tuned"],
	baselines: ["createReadStream"],
	figures: ["heapBytes", "offHeapBytes", "major", "residentBytes"],
	measure: (way, budget) =>
		measure({ fileBytes: CHUNKED_FILE, bytes: CHUNK }, budget, (path) => {
			const read = (CHUNKED[way] as () => Read)();
			return async (operations) => {
				let done = 0;
				for (; done < operations; done += CHUNKED_FILE / CHUNK) await read(path);
				return done;
			};
		}),
};

/** Bytes that are read to warm up, and to see how much memory that takes, for each of the budget's calls. */
const READ_PER_CALL = 4 * KIB * KIB;

/**
 * Times the work on a file that the system has in memory.
 *
 * @param bytes - that one operation reads
 */
async function measure(
	{ fileBytes, bytes }: { readonly fileBytes: number; readonly bytes: number },
	{ warmUps, repetitions, milliseconds }: Budget,
	makeWork: (path: string) => AsyncWork,
): Promise<Sample> {
	const folder = await mkdtemp(join(tmpdir(), "ebbpool-bench-"));
	try {
		const path = join(folder, "file");
		await writeFile(path, Buffer.alloc(fileBytes, "content "));
		const work = makeWork(path);
		const before = process.memoryUsage.rss();
		const begin = performance.now();
		const done = await work(Math.ceil((warmUps * READ_PER_CALL) / bytes));
		const perOperation = ((performance.now() - begin) * 1e6) / done;
		const residentBytes = Math.max(0, process.resourceUsage().maxRSS * KIB - before);
		// Longer than for other scenarios, whose operations take a thousandth of the time.
		const operations = Math.ceil((20 * milliseconds * 1e6) / perOperation);
		const times: number[] = [];
		for (let i = 0; i < repetitions; i++) times.push(await processorTime(work, operations));
		const heapUse = await watchHeap(() => work(operations));
		if (used === 0) throw new Error("nothing was read");
		return { time: median(times), residentBytes, ...heapUse };
	} finally {
		await rm(folder, { recursive: true });
	}
}
