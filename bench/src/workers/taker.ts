import { workerData } from "node:worker_threads";
import { SharedPool, type SharedPoolHandle } from "ebbpool/shared";
import { MessageRing } from "./message-ring.ts";

/** Takes messages until it is terminated; those of a pool's slots it adopts and puts. */
export interface TakerTask {
	readonly words: Int32Array<SharedArrayBuffer>;
	readonly pool: SharedPoolHandle | undefined;
}

/** Short enough that the engine compiles the loop as a function. */
const CALL = 1000;

const { words, pool: handle } = workerData as TakerTask;
const ring = new MessageRing(words);
const pool = handle && SharedPool.attach(handle);

function takeNumbers(): number {
	let sum = 0;
	for (let i = 0; i < CALL; i++) sum += ring.take();
	return sum;
}

function takeSlots(pool: SharedPool): void {
	for (let i = 0; i < CALL; i++) pool.put(pool.adopt(ring.take()));
}

for (;;) pool === undefined ? takeNumbers() : takeSlots(pool);
