// Workers that each need a temporary struct, reused through a pool, with no data leaking from one
// worker to the next. Run it with `npm start -w examples/shared-tasks`.
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { SharedPool } from "ebbpool/shared";
import type { Report } from "./report.ts";
import { layout } from "./task.ts";

const WORKERS = 4;
const TASKS_EACH = 250;
/** Fewer than workers, so that every struct goes from worker to worker. */
const STRUCTS = 2;

async function run(zero: "put" | false): Promise<Report> {
	const pool = SharedPool.create({ layout, slots: STRUCTS, zero });
	await pool.ready;
	const reports = await Promise.all(
		Array.from({ length: WORKERS }, async (_, i): Promise<Report> => {
			const workerData = { pool: pool.handle, worker: i + 1, tasks: TASKS_EACH };
			const worker = pool.track(new Worker(new URL("./worker.js", import.meta.url), { workerData }));
			const [report] = await once(worker, "message");
			return report;
		}),
	);
	return reports.reduce((a, b) => ({
		tasks: a.tasks + b.tasks,
		stale: a.stale + b.stale,
		foreign: a.foreign + b.foreign,
		disturbed: a.disturbed + b.disturbed,
	}));
}

const clean = await run("put");
console.log(`${clean.tasks} tasks by ${WORKERS} workers in ${STRUCTS} structs`);
console.log(`disturbed by another worker: ${clean.disturbed}`);
console.log(`with data of the task before: ${clean.stale}`);

// The check finds leaks where there are some: the same without zeroing.
const dirty = await run(false);
console.log(
	`without zeroing, with data of the task before: ${dirty.stale >= dirty.tasks - STRUCTS ? "all" : dirty.stale}`,
);
console.log(`without zeroing, with another worker's data: ${dirty.foreign > 0 ? "some" : "none"}`);

// A worker that dies in the middle of a task takes nothing with it and leaves nothing behind.
const pool = SharedPool.create({ layout, slots: 1 });
await pool.ready;
const doomed = pool.track(
	new Worker(new URL("./doomed.js", import.meta.url), { workerData: { pool: pool.handle } }),
);
await once(doomed, "message");
console.log(`structs free while a worker is busy with the only one: ${pool.stats().free}`);
await doomed.terminate();
await pool.reap(doomed);
using block = pool.get();
console.log(`after its death the title is "${block.fields.title}", the sum ${block.fields.sum}`);
