// The other thread of the pipeline: takes frames, turns them to grey, and sends them back.
import { parentPort, workerData } from "node:worker_threads";
import { toGrey } from "./grey.ts";
import { openTransport, type TransportChoice } from "./transport.ts";

/** A frame on its way; coming back, with the sum of its luma. */
export interface Passage {
	readonly frame: unknown;
	readonly brightness?: number;
}

const transport = openTransport(workerData as TransportChoice);

parentPort?.on("message", (message: Passage) => {
	const frame = transport.unpack(message.frame);
	const brightness = toGrey(frame.bytes, frame.bytes);
	const [packed, moved = []] = transport.pack(frame);
	parentPort?.postMessage({ frame: packed, brightness } satisfies Passage, moved);
});
