import { isMainThread, Worker } from "node:worker_threads";
import { holdLock, threadsByLock } from "./threads-lock.ts";

/**
 * Deno. Its own workers lose their locks after their last step, as a browser's do. From those of `node:worker_threads`
 * it takes the locks away while they may still run, so there a worker of the worker holds the lock: Deno ends that one
 * after all that its parent did.
 */
async function keepLock(name: string): Promise<boolean> {
	// Deno interrupts a loop of a worker that it ends only if the worker holds some lock itself.
	await holdLock(`${name}:interruptible`);
	const keeper = new Worker(new URL(import.meta.resolve("#lock-keeper")), { workerData: name });
	const free = await new Promise<boolean>((resolve, reject) => {
		keeper.once("message", resolve);
		keeper.once("error", reject);
	});
	keeper.unref();
	return free;
}

export const threads = threadsByLock(isMainThread ? holdLock : keepLock);
