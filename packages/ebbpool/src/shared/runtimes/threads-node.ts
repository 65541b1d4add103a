import { threadId } from "node:worker_threads";
import { expectValue, type Rule } from "../../base/rules.ts";
import { reap } from "../core/reaper.ts";
import { registerChild } from "../core/register-child.ts";
import type { RuntimeId } from "../core/registry.ts";
import { NO_BIRTH, type Threads } from "./threads.ts";

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

/**
 * Node and Bun: `exit` comes by itself, after the last step of the worker and of its own workers. Its last messages come
 * right before, so whoever awaits one goes on only after `exit`: the worker is reaped in a macrotask of its own.
 */
export const threads: Threads = {
	live: () => runtimeId(threadId),
	track(_pool, worker, entry) {
		expectValue("ERR_POOL_ARGUMENT", "track: worker", worker, aRunningWorker);
		const { threadId, once } = worker as Worker;
		const id = runtimeId(threadId);
		const { memory, me } = entry();
		registerChild(memory, me, id);
		const end = new Promise<void>((resolve) => {
			once.call(worker, "exit", () => setImmediate(resolve));
		}).then(() => reap(memory, id, me));
		return { ids: [id], reap: () => end };
	},
	birth: () => NO_BIRTH,
};
