import { parentPort, workerData } from "node:worker_threads";
import { PoolError, SharedPool, type SharedPoolHandle } from "ebbpool/shared";
import { Ledger } from "./ledger.ts";
import { seeded } from "./random.ts";
import { SLOTS, User } from "./user.ts";

export interface StressTask {
	readonly pool: SharedPoolHandle;
	readonly ledger: SharedArrayBuffer;
	readonly mark: number;
	readonly seed: number;
}

const { pool: handle, ledger: memory, mark, seed } = workerData as StressTask;
const pool = SharedPool.attach(handle);
const ledger = new Ledger(SLOTS, memory);
const random = seeded(seed);
const user = new User(pool, ledger, mark, random);
const port = parentPort;
if (port === null) throw new Error("this file is a worker");

port.on("message", (message: number) => {
	try {
		user.receive(pool.adopt(message));
	} catch (error) {
		// The giver may have died meanwhile.
		if (!(error instanceof PoolError) || error.code !== "ERR_POOL_NOT_HELD") throw error;
	}
});

/** Runs without a pause for a while, so that most kills hit in the middle of something. */
function run(): void {
	if (ledger.read(Ledger.STOP) === 1) {
		user.putAll();
		pool[Symbol.dispose]();
		port?.close();
		return;
	}
	const steps = 200 + Math.floor(random() * 2000);
	for (let i = 0; i < steps; i++) user.step();
	const message = random() < 0.5 ? user.give() : undefined;
	if (message !== undefined) port?.postMessage(message);
	setImmediate(run);
}
run();
