import { parentPort, workerData } from "node:worker_threads";
import { SharedPool } from "ebbpool/shared";

// A worker that takes three slots and never puts them.
const pool = SharedPool.attach(workerData);
for (let i = 0; i < 3; i++) pool.get();
parentPort?.postMessage("holds");
