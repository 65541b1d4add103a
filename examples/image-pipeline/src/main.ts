// Main reads an image, workers filter it, main writes it. The pixels stay in slots of shared memory all the time: what
// goes from thread to thread is one number for each band. Run it with `npm start -w examples/image-pipeline -- [file.png]`.
import { on, once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { SharedPool } from "ebbpool/shared";
import { bandLayout, bandsOf, loadBand, storeBand } from "./band.ts";
import { findEdgesOf } from "./edges.ts";
import { countDifferences, type Image, readPhotograph, readPng, writePng } from "./image.ts";

const WORKERS = 2;
/** Bands that a worker has at a time: one to filter, and the next. */
const AHEAD = 2;

const photograph = readPhotograph();
const { width, height } = photograph;
const bands = SharedPool.create({ layout: bandLayout(width), slots: WORKERS * AHEAD, name: "bands" });
await bands.ready;
const todo = bandsOf(photograph).values();
const filtered: Image = { width, height, pixels: new Uint8Array(photograph.pixels.length) };
let done = 0;

/** Loads the next band and gives it to the worker, so that it is the worker's from now on. */
async function send(worker: Worker): Promise<boolean> {
	const { value: first } = todo.next();
	if (first === undefined) return false;
	const block = await bands.getAsync();
	loadBand(photograph, first, block.fields);
	worker.postMessage(bands.give(block, worker));
	return true;
}

async function keepBusy(worker: Worker): Promise<void> {
	await once(worker, "message"); // attached
	const messages = on(worker, "message"); // from before the first answer on
	let ahead = 0;
	while (ahead < AHEAD && (await send(worker))) ahead++;
	while (ahead > 0) {
		const { value } = await messages.next();
		const block = bands.adopt(value[0]);
		storeBand(block.fields, filtered);
		bands.put(block);
		done++;
		if (!(await send(worker))) ahead--;
	}
}

const workers = Array.from({ length: WORKERS }, () => {
	const workerData = { handle: bands.handle, width };
	return bands.track(new Worker(new URL("./worker.js", import.meta.url), { workerData }));
});
await Promise.all(workers.map(keepBusy));
await Promise.all(workers.map((worker) => worker.terminate()));

const path = process.argv[2] ?? join(tmpdir(), "ebbpool-edges.png");
writePng(path, filtered);

console.log(`${width} × ${height} pixels in ${done} bands by ${WORKERS} workers`);
const expected = findEdgesOf(photograph);
console.log(`pixels that differ from what one thread makes: ${countDifferences(expected, filtered)}`);
console.log(`pixels that differ in the file: ${countDifferences(expected, readPng(path))}`);
console.log(
	`pixels that the filter changed: ${countDifferences(photograph, filtered) > 0 ? "most" : "none"}`,
);
const { slots, free } = bands.stats();
console.log(`slots: ${slots}, free at the end: ${free}`);
