import { threadId } from "node:worker_threads";
import { detached } from "#detached";
import { expectValue, type Rule } from "../../base/rules.ts";
import { registerChild } from "../core/register-child.ts";
import type { RuntimeId } from "../core/registry.ts";
import { reapAndTell } from "../reap-and-tell.ts";
import { NOT_RESERVED, type Threads } from "./threads.ts";
import { type ExitingWorker, WorkerExit } from "./worker-exit.ts";

const aRunningWorker: Rule = {
	expected: "a Worker of node:worker_threads that has not ended",
	accepts: (value) => {
		const { threadId, on, listeners } = Object(value) as Partial<ExitingWorker>;
		return (
			typeof on === "function" &&
			typeof listeners === "function" &&
			Number.isInteger(threadId) &&
			(threadId as number) > 0
		);
	},
};

/** The main thread's id is 0. */
const runtimeId = (threadId: number): RuntimeId => (threadId + 1) as RuntimeId;

/** Node and Bun: `exit` comes by itself, after the last step of the worker and of its own workers. */
export const threads: Threads = {
	identify: () => runtimeId(threadId),
	track(_pool, worker, method, entry) {
		expectValue("ERR_POOL_ARGUMENT", `${method}: worker`, worker, aRunningWorker);
		const id = runtimeId((worker as ExitingWorker).threadId);
		const { memory, me } = entry();
		registerChild(memory, me, id);
		return detached(() => {
			const exit = new WorkerExit(worker as ExitingWorker);
			const reaped = exit.settled.then(() => reapAndTell(memory, id, me));
			return {
				ids: [id],
				reserveId: () => NOT_RESERVED,
				reap() {
					exit.check();
					return reaped;
				},
			};
		});
	},
};
