// What the worker of a worker runs on Deno: it holds a lock as long as it lives; see threads-deno.ts.
import { parentPort, workerData } from "node:worker_threads";
import { holdLock } from "./threads-lock.ts";

parentPort?.postMessage(await holdLock(workerData as string));
