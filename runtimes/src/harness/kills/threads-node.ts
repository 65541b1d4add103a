// Workers of node:worker_threads. On Node and Bun, `exit` comes after their last step. On Deno it comes at once, and a lock
// of theirs is lost soon after: too early to reap, yet before the pool can know of the end. Deno's own workers would not do:
// terminating one does not end a loop (denoland/deno#35657).
import { once } from "node:events";
import { parentPort, Worker } from "node:worker_threads";
import { afterLife, holdLifeLock } from "./life-lock.ts";
import type { StartVictim, VictimRealm } from "./protocol.ts";

const isDeno = "Deno" in globalThis;

export const startWorker =
	(program: URL): StartVictim =>
	(mark, ended) => {
		const worker = new Worker(program);
		if (!isDeno) worker.once("exit", ended);
		return {
			worker,
			listen(onMessage, onError) {
				worker.on("message", onMessage);
				worker.on("error", onError);
			},
			async kill() {
				const exit = once(worker, "exit");
				void worker.terminate();
				await (isDeno ? afterLife(mark, ended) : exit);
			},
		};
	};

export const ownRealm: VictimRealm = {
	post: (message) => parentPort?.postMessage(message),
	listen: (onMessage) => parentPort?.on("message", onMessage),
	begin: isDeno ? holdLifeLock : async () => {},
};
