// What Node, Bun and Deno run: `process.js JOB REALM REPORT_FILE`. The report goes to a file, since the engines' own logs
// share the standard streams.
import { writeFileSync } from "node:fs";
import { constants, PerformanceObserver } from "node:perf_hooks";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { type JobName, jobs } from "./jobs.ts";
import { kitOf } from "./kit.ts";

const { gc, Bun, Deno } = globalThis as {
	gc?: () => void;
	Bun?: { gc(force: boolean): void };
	Deno?: object;
};

const isNode = Bun === undefined && Deno === undefined;

/** Node 26 takes the collections that V8 tries before it gives up as a sign that a worker has reached its limit. */
const diesOfFailedAllocation = isNode && Number.parseInt(process.versions.node, 10) >= 26 && !isMainThread;

/** Collections of this thread by Node's own account; other runtimes write theirs to a log that the matrix reads. */
function observeCollections(): (() => Promise<{ majors: number; minors: number }>) | undefined {
	if (!isNode) return undefined;
	let majors = 0;
	let minors = 0;
	const observer = new PerformanceObserver((list) => {
		for (const entry of list.getEntries()) {
			const { kind } = (entry as unknown as { detail: { kind: number } }).detail;
			if (kind === constants.NODE_PERFORMANCE_GC_MAJOR) majors++;
			else if (kind === constants.NODE_PERFORMANCE_GC_MINOR) minors++;
		}
	});
	observer.observe({ entryTypes: ["gc"] });
	return async () => {
		await new Promise((resolve) => setTimeout(resolve, 50));
		observer.disconnect();
		return { majors, minors };
	};
}

async function run(job: JobName): Promise<unknown> {
	const kit = { ...kitOf(Bun === undefined ? gc : () => Bun.gc(true)), diesOfFailedAllocation };
	if (kit.majorGC === undefined) throw new Error("the collector is not exposed");
	const collectionsSeen = observeCollections();
	const result = await jobs[job](kit);
	return { result, collections: await collectionsSeen?.() };
}

if (isMainThread) {
	const [job, realm, reportFile] = process.argv.slice(2) as [JobName, "main" | "worker", string];
	const write = (report: unknown) => writeFileSync(reportFile, JSON.stringify(report));
	if (realm === "main") {
		write(await run(job));
	} else {
		const worker = new Worker(new URL(import.meta.url), { workerData: job });
		worker.on("message", write);
		worker.on("error", (error) => {
			throw error;
		});
	}
} else {
	parentPort?.postMessage(await run(workerData as JobName));
}
