import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { SharedPool } from "ebbpool/shared";
import type { AgentData, Order } from "./agent.ts";

/** A tracked worker that does what it is told. */
export class Agent {
	readonly worker: Worker;

	constructor(pool: SharedPool, withoutWaitAsync = false) {
		const workerData: AgentData = { pool: pool.handle, withoutWaitAsync };
		this.worker = pool.track(new Worker(new URL("./agent.js", import.meta.url), { workerData }));
	}

	async tell(order: Order): Promise<number> {
		const answer = Promise.race([
			once(this.worker, "message"),
			once(this.worker, "error").then(([error]) => Promise.reject(error)),
		]);
		this.worker.postMessage(order);
		return (await answer)[0];
	}

	/** Kills the worker; resolves once the pool knows. */
	async kill(pool: SharedPool): Promise<void> {
		void this.worker.terminate();
		await pool.reap(this.worker);
	}
}
