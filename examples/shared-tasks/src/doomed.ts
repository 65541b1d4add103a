import { parentPort, workerData } from "node:worker_threads";
import { SharedPool } from "ebbpool/shared";
import type { Assignment } from "./report.ts";
import { layout } from "./task.ts";

const { pool } = workerData as Assignment;
const structs = SharedPool.attach(pool, { layout });
await structs.ready;
const { fields } = structs.get();
fields.title = "a secret";
parentPort?.postMessage("busy");
for (;;) fields.sum += 1;
