import { threadId } from "node:worker_threads";
import { expectValue, type Rule } from "../options.ts";
import type { RuntimeId } from "./registry.ts";
import type { Threads } from "./threads.ts";

interface Worker {
	readonly threadId: number;
	once(event: "exit", listener: () => void): unknown;
}

const aRunningWorker: Rule = {
	expected: "a Worker of node:worker_threads that has not ended",
	accepts: (value) => {
		const { threadId, once } = Object(value) as Partial<Worker>;
		return typeof once === "function" && Number.isInteger(threadId) && (threadId as number) > 0;
	},
};

/** The main thread's id is 0. */
const runtimeId = (threadId: number): RuntimeId => (threadId + 1) as RuntimeId;

/** Node and Bun: `exit` comes after the last step of the worker and of its own workers. */
export const threads: Threads = {
	exits: true,
	live: () => ({ id: runtimeId(threadId), ready: undefined }),
	track(_pool, worker) {
		expectValue("ERR_POOL_ARGUMENT", "track: worker", worker, aRunningWorker);
		const ids = [runtimeId((worker as Worker).threadId)];
		const exit = new Promise<void>((resolve) => (worker as Worker).once("exit", () => resolve()));
		return {
			ids: () => ids,
			async ended(sweep) {
				await exit;
				sweep(ids);
			},
		};
	},
	birth: () => 0,
};
