import { parentPort, workerData } from "node:worker_threads";
import { SharedPool, type SharedPoolHandle } from "ebbpool/shared";

/** Sends every payload back as it came, after it looked at one byte. */
const port = parentPort;
if (port === null) throw new Error("this file is a worker");
const { pool: handle, transfer } = workerData as { pool?: SharedPoolHandle; transfer: boolean };
const pool = handle && SharedPool.attach(handle);
let seen = 0;

port.on("message", (message: number | Uint8Array<ArrayBuffer>) => {
	if (typeof message !== "number") {
		seen += message[0] as number;
		port.postMessage(message, transfer ? [message.buffer] : []);
	} else if (pool === undefined) {
		seen += message;
		port.postMessage(message);
	} else {
		const block = pool.adopt(message);
		seen += block.bytes[0] as number;
		port.postMessage(pool.give(block));
	}
});
process.on("exit", () => void seen);
