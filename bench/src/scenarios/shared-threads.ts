import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { SharedPool } from "ebbpool/shared";
import { median } from "simple-statistics";
import type { Budget } from "../measure/budget.ts";
import type { LoopTask } from "../workers/shared-loop.ts";
import type { Scenario } from "./scenario.ts";

const ROUNDS = 200_000;
/** Words of a thread that uses no pool: cache lines away from the next one's. */
const OWN_WORDS = 128;

interface Variant {
	readonly threads: number;
	/** Without one each thread takes and frees a word of its own: what the machine gains by the second thread at best. */
	readonly pool?: {
		readonly magazine: number;
		/** 128: each thread searches a hint word of its own first. 32: there is only one. */
		readonly slots: number;
	};
}

const VARIANTS: Readonly<Record<string, Variant>> = {
	"two-cas, 1 thread": { threads: 1 },
	"two-cas, 2 threads": { threads: 2 },
	"magazine, 1 thread": { threads: 1, pool: { magazine: 8, slots: 128 } },
	"magazine, 2 threads": { threads: 2, pool: { magazine: 8, slots: 128 } },
	"shared, 1 thread": { threads: 1, pool: { magazine: 0, slots: 128 } },
	"shared, 2 threads": { threads: 2, pool: { magazine: 0, slots: 128 } },
	"shared, 2 threads on one hint word": { threads: 2, pool: { magazine: 0, slots: 32 } },
};

/** Go's `RunParallel`; the program in `go/` knows these names. */
const GO_VARIANTS = ["go, 1 goroutine", "go, 2 goroutines"];

/** Gets and puts by several threads at once: the time is of one of all threads' pairs. */
export const sharedThreads: Scenario = {
	operation: "get and put, all threads together",
	variants: [...Object.keys(VARIANTS), ...GO_VARIANTS],
	baselines: ["two-cas, 1 thread", "magazine, 1 thread", "shared, 1 thread", "go, 1 goroutine"],
	figures: [],
	async measure(name, budget) {
		return { time: await timeThreads(VARIANTS[name] as Variant, budget) };
	},
};

async function timeThreads(
	{ threads, pool: options }: Variant,
	{ warmUps, repetitions }: Budget,
): Promise<number> {
	const pool = options && SharedPool.create({ slotSize: 64, zero: false, ...options });
	const start = new Int32Array(new SharedArrayBuffer((threads + 1) * OWN_WORDS * 4));
	const workers = Array.from({ length: threads }, (_, i) => {
		const word = (i + 1) * OWN_WORDS;
		const workerData: LoopTask = { pool: pool?.handle, word, start, warmUps, rounds: ROUNDS };
		const worker = new Worker(new URL("../workers/shared-loop.js", import.meta.url), { workerData });
		return pool?.track(worker) ?? worker;
	});
	const messages = () => Promise.all(workers.map(async (worker) => (await once(worker, "message"))[0]));
	await messages();
	const times: number[] = [];
	for (let i = 0; i < repetitions; i++) {
		start[0] = 0;
		const done = messages() as Promise<{ begin: number; end: number }[]>;
		for (const worker of workers) worker.postMessage("ready");
		await setTimeout(20);
		Atomics.store(start, 0, 1);
		Atomics.notify(start, 0);
		const spans = await done;
		const wall = Math.max(...spans.map(({ end }) => end)) - Math.min(...spans.map(({ begin }) => begin));
		times.push((wall * 1e6) / (ROUNDS * threads));
	}
	await Promise.all(workers.map((worker) => worker.terminate()));
	return median(times);
}
