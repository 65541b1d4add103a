import { parentPort, workerData } from "node:worker_threads";
import { SharedPool, type SharedPoolHandle } from "ebbpool/shared";
import { casLoop, pairLoop } from "../scenarios/pair-loop.ts";

/** What a thread does between two looks at the clock: so many gets and puts. */
export interface LoopTask {
	/** A pool to get from and put to; or a word of its own to take and free. */
	readonly pool: SharedPoolHandle | undefined;
	readonly word: number;
	/** 0: wait, 1: go. */
	readonly start: Int32Array<SharedArrayBuffer>;
	readonly warmUps: number;
	readonly rounds: number;
}

const WARM_UP_ROUNDS = 1000;

const { pool: handle, word, start, warmUps, rounds } = workerData as LoopTask;
const loop = handle === undefined ? casLoop(start, word) : pairLoop(SharedPool.attach(handle));
for (let i = 0; i < warmUps * 20; i++) loop(WARM_UP_ROUNDS);
parentPort?.postMessage("warm");
parentPort?.on("message", () => {
	Atomics.wait(start, 0, 0);
	const begin = performance.timeOrigin + performance.now();
	loop(rounds);
	parentPort?.postMessage({ begin, end: performance.timeOrigin + performance.now() });
});
