// What browsers load. The matrix calls `runJob`; where the browser has no `gc()`, it lends `forceCollection`, which
// collects in workers too.
import { type JobName, jobs } from "./jobs.ts";
import { kitOf } from "./kit.ts";

declare global {
	var forceCollection: (() => Promise<void>) | undefined;
	var runJob: (job: JobName, realm: "main" | "worker") => Promise<unknown>;
}

/** What a worker says: that it wants a collection, or how the job ended. */
export type FromWorker = { readonly wants: "collection" } | { readonly result: unknown };

/** What a worker is told: what to do, and later that the collection was asked for. */
export type ToWorker = { readonly job: JobName } | { readonly collection: "requested" };

globalThis.runJob = (job, realm) =>
	realm === "main" ? jobs[job](kitOf(globalThis.gc ?? globalThis.forceCollection)) : runInWorker(job);

function runInWorker(job: JobName): Promise<unknown> {
	// It ends with the page: ending it here would add its last collections to those of the job.
	const worker = new Worker("worker.js", { type: "module" });
	const say = (message: ToWorker) => worker.postMessage(message);
	return new Promise((resolve, reject) => {
		worker.onmessage = async ({ data }: MessageEvent<FromWorker>) => {
			if ("result" in data) return resolve(data.result);
			await globalThis.forceCollection?.();
			say({ collection: "requested" });
		};
		worker.onerror = ({ message }) => reject(new Error(`the worker failed: ${message}`));
		say({ job });
	});
}
