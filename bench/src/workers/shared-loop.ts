import { parentPort, workerData } from "node:worker_threads";
import { SharedPool, type SharedPoolHandle } from "ebbpool/shared";
import { pairLoop } from "../scenarios/pair-loop.ts";

/** What a thread does between two looks at the clock: so many gets and puts. */
export interface LoopTask {
	readonly pool: SharedPoolHandle;
	/** 0: wait, 1: go. */
	readonly start: Int32Array<SharedArrayBuffer>;
	readonly warmUps: number;
	readonly rounds: number;
}

const { pool: handle, start, warmUps, rounds } = workerData as LoopTask;
const pool = SharedPool.attach(handle);
const loop = pairLoop(pool);
for (let i = 0; i < warmUps * 20; i++) loop(20_000);
parentPort?.postMessage("warm");
parentPort?.on("message", () => {
	Atomics.wait(start, 0, 0);
	const begin = performance.timeOrigin + performance.now();
	loop(rounds);
	parentPort?.postMessage({ begin, end: performance.timeOrigin + performance.now() });
});
