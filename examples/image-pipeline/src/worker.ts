import { parentPort, workerData } from "node:worker_threads";
import { SharedPool, type SharedPoolHandle } from "ebbpool/shared";
import { bandLayout, filterBand } from "./band.ts";

const { handle, width } = workerData as { handle: SharedPoolHandle; width: number };
const bands = SharedPool.attach(handle, { layout: bandLayout(width) });
await bands.ready;

parentPort?.on("message", (message: number) => {
	const block = bands.adopt(message);
	filterBand(block.fields, width);
	parentPort?.postMessage(bands.give(block));
});
parentPort?.postMessage("attached");
