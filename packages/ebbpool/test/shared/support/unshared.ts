import { parentPort } from "node:worker_threads";
import type { PoolError } from "ebbpool/shared";

// As on a page that is not cross-origin isolated.
Reflect.deleteProperty(globalThis, "SharedArrayBuffer");
const { SharedPool } = await import("ebbpool/shared");
try {
	SharedPool.create({ slotSize: 8, slots: 1 });
} catch (error) {
	const { code, message } = error as PoolError;
	parentPort?.postMessage(`${code} ${message}`);
}
