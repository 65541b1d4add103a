// The image pipeline with piscina as the pool of workers: tasks and results are numbers, the pixels stay in slots of shared
// memory. Run it with `npm start -w examples/image-pipeline-piscina`.
import { fileURLToPath } from "node:url";
import { bandLayout, bandsOf, loadBand, storeBand } from "@ebbpool/example-image-pipeline/band";
import { findEdgesOf } from "@ebbpool/example-image-pipeline/edges";
import { countDifferences, type Image, readPhotograph } from "@ebbpool/example-image-pipeline/image";
import { SharedPool } from "ebbpool/shared";
import { Piscina } from "piscina";

const WORKERS = 2;

const photograph = readPhotograph();
const { width, height } = photograph;
const bands = SharedPool.create({ layout: bandLayout(width), slots: 2 * WORKERS, name: "bands" });
await bands.ready;
const workers = new Piscina({
	filename: fileURLToPath(new URL("./worker.js", import.meta.url)),
	workerData: { handle: bands.handle, width },
	minThreads: WORKERS,
	maxThreads: WORKERS,
});
// Also those that take the place of dead ones.
workers.on("workerCreate", () => {
	for (const worker of workers.threads) bands.track(worker);
});

const filtered: Image = { width, height, pixels: new Uint8Array(photograph.pixels.length) };
let done = 0;

async function process(first: number): Promise<void> {
	const block = await bands.getAsync(); // no more bands on their way than there are slots
	loadBand(photograph, first, block.fields);
	const message = bands.give(block); // piscina chooses the worker
	try {
		const result = bands.adopt(await workers.run(message, { name: "filter" }));
		storeBand(result.fields, filtered);
		bands.put(result);
		done++;
	} catch (error) {
		// What a worker adopted comes back with its death; what none did, main takes back.
		const unread = bands.revoke(message);
		if (unread !== undefined) bands.put(unread);
		throw error;
	}
}

await Promise.all(bandsOf(photograph).map(process));
await workers.close();

console.log(`${width} × ${height} pixels in ${done} bands by ${WORKERS} workers of piscina`);
const differences = countDifferences(findEdgesOf(photograph), filtered);
console.log(`pixels that differ from what one thread makes: ${differences}`);
const { slots, free } = bands.stats();
console.log(`slots: ${slots}, free at the end: ${free}`);
