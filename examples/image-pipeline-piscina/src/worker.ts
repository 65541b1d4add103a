import { bandLayout, filterBand } from "@ebbpool/example-image-pipeline/band";
import { SharedPool, type SharedPoolHandle } from "ebbpool/shared";
import { workerData } from "piscina";

const { handle, width } = workerData as { handle: SharedPoolHandle; width: number };
const bands = SharedPool.attach(handle, { layout: bandLayout(width) });
await bands.ready;

/** Piscina's task: takes the message of a band and returns the message of the filtered one. */
export function filter(message: number): number {
	const block = bands.adopt(message);
	filterBand(block.fields, width);
	return bands.give(block);
}
