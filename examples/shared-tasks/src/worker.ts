import { setImmediate as turn } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { SharedPool } from "ebbpool/shared";
import type { Assignment, Report } from "./report.ts";
import { layout, type Task } from "./task.ts";

const { pool, worker, tasks } = workerData as Assignment;
const structs = SharedPool.attach(pool, { layout });
await structs.ready;

let [stale, foreign, disturbed] = [0, 0, 0];
for (let id = 1; id <= tasks; id++) {
	const block = await structs.getAsync();
	const task = block.fields;
	if (block.bytes.some((byte) => byte !== 0)) {
		stale++;
		if (task.worker !== worker) foreign++;
	}
	begin(task, id);
	await turn(); // other workers get on with theirs
	if (!isDoneRight(task, id)) disturbed++;
	structs.put(block);
}
parentPort?.postMessage({ tasks, stale, foreign, disturbed } satisfies Report);

function begin(task: Task, id: number): void {
	task.id = id;
	task.worker = worker;
	task.title = `task ${id} of worker ${worker}`;
	for (let i = 0; i < task.samples.length; i++) task.samples[i] = worker * 1000 + i;
	task.sum = task.samples.reduce((sum, sample) => sum + sample, 0);
}

function isDoneRight(task: Task, id: number): boolean {
	const { length } = task.samples;
	return (
		task.id === id &&
		task.worker === worker &&
		task.title === `task ${id} of worker ${worker}` &&
		task.samples.every((sample, i) => sample === worker * 1000 + i) &&
		task.sum === length * worker * 1000 + (length * (length - 1)) / 2
	);
}
