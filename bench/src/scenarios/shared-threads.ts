import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { SharedPool } from "ebbpool/shared";
import { median } from "simple-statistics";
import type { Budget } from "../measure/budget.ts";
import type { LoopTask } from "../workers/shared-loop.ts";
import type { Scenario } from "./scenario.ts";

const ROUNDS = 1_000_000;

interface Variant {
	readonly threads: number;
	readonly magazine: number;
	/** 64: each thread searches a hint word of its own first. 1: all take the same slot in turn, or find none. */
	readonly slots: number;
}

const VARIANTS: Readonly<Record<string, Variant>> = {
	"magazine, 1 thread": { threads: 1, magazine: 8, slots: 128 },
	"magazine, 2 threads": { threads: 2, magazine: 8, slots: 128 },
	"shared, 1 thread": { threads: 1, magazine: 0, slots: 128 },
	"shared, 2 threads": { threads: 2, magazine: 0, slots: 128 },
	"shared, 2 threads on one hint word": { threads: 2, magazine: 0, slots: 32 },
};

/** Gets and puts by several threads at once: the time is of one of all threads' pairs. */
export const sharedThreads: Scenario = {
	operation: "get and put, all threads together",
	variants: Object.keys(VARIANTS),
	baselines: ["magazine, 1 thread", "shared, 1 thread"],
	figures: [],
	async measure(name, budget) {
		return { time: await timeThreads(VARIANTS[name] as Variant, budget) };
	},
};

async function timeThreads(
	{ threads, magazine, slots }: Variant,
	{ warmUps, repetitions }: Budget,
): Promise<number> {
	const pool = SharedPool.create({ slotSize: 64, slots, zero: false, magazine });
	const start = new Int32Array(new SharedArrayBuffer(4));
	const task = (): LoopTask => ({ pool: pool.handle, start, warmUps, rounds: ROUNDS });
	const workers = Array.from({ length: threads }, () =>
		pool.track(new Worker(new URL("../workers/shared-loop.js", import.meta.url), { workerData: task() })),
	);
	const messages = () => Promise.all(workers.map(async (worker) => (await once(worker, "message"))[0]));
	await messages();
	const times: number[] = [];
	for (let i = 0; i < repetitions; i++) {
		start[0] = 0;
		const done = messages() as Promise<{ begin: number; end: number }[]>;
		for (const worker of workers) worker.postMessage("ready");
		await new Promise((resolve) => setTimeout(resolve, 20));
		Atomics.store(start, 0, 1);
		Atomics.notify(start, 0);
		const spans = await done;
		const wall = Math.max(...spans.map(({ end }) => end)) - Math.min(...spans.map(({ begin }) => begin));
		times.push((wall * 1e6) / (ROUNDS * threads));
	}
	await Promise.all(workers.map((worker) => worker.terminate()));
	return median(times);
}
