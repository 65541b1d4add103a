import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { SharedPool, type SharedPoolHandle } from "ebbpool/shared";
import { median } from "simple-statistics";
import type { Budget } from "../measure/budget.ts";
import type { Scenario } from "./scenario.ts";

const IN_FLIGHT = 32;
const KIB = 1024;

/** How payloads go to a worker and come back. */
interface Way {
	readonly pool?: SharedPool;
	readonly transfer?: boolean;
	/** What to send, made from what came back (nothing, the first time). */
	send(worker: Worker, back: unknown): void;
}

function clone(size: number): Way {
	const bytes = new Uint8Array(size);
	return { send: (worker) => worker.postMessage(bytes) };
}

/** The buffers that come back are sent again. */
function transfer(size: number): Way {
	return {
		transfer: true,
		send(worker, back) {
			const bytes = (back as Uint8Array<ArrayBuffer> | undefined) ?? new Uint8Array(size);
			worker.postMessage(bytes, [bytes.buffer]);
		},
	};
}

function shared(size: number, zero: "put" | false): Way {
	const pool = SharedPool.create({ slotSize: size, slots: 2 * IN_FLIGHT, zero });
	return {
		pool,
		send(worker, back) {
			if (back !== undefined) pool.put(pool.adopt(back as number));
			worker.postMessage(pool.give(pool.get()));
		},
	};
}

const VARIANTS: Readonly<Record<string, () => Way>> = {
	"a number": () => ({ send: (worker) => worker.postMessage(1) }),
	"64 KiB, clone": () => clone(64 * KIB),
	"64 KiB, clone, tuned": () => clone(64 * KIB),
	"64 KiB, transfer, recycled": () => transfer(64 * KIB),
	"64 KiB, transfer, recycled, tuned": () => transfer(64 * KIB),
	"64 KiB, shared": () => shared(64 * KIB, false),
	'64 KiB, shared, zero: "put"': () => shared(64 * KIB, "put"),
	"1 MiB, clone": () => clone(KIB * KIB),
	"1 MiB, clone, tuned": () => clone(KIB * KIB),
	"1 MiB, transfer, recycled": () => transfer(KIB * KIB),
	"1 MiB, transfer, recycled, tuned": () => transfer(KIB * KIB),
	"1 MiB, shared": () => shared(KIB * KIB, false),
	'1 MiB, shared, zero: "put"': () => shared(KIB * KIB, "put"),
};

/** Payloads from main to a worker and back, 32 under way at a time. */
export const handOver: Scenario = {
	operation: "payload to a worker and back",
	variants: Object.keys(VARIANTS),
	tuned: Object.keys(VARIANTS).filter((name) => name.endsWith(", tuned")),
	baselines: ["64 KiB, clone", "1 MiB, clone"],
	figures: [],
	async measure(name, budget) {
		return { time: await timeWay((VARIANTS[name] as () => Way)(), budget) };
	},
};

async function timeWay({ pool, transfer = false, send }: Way, budget: Budget): Promise<number> {
	const workerData: { pool?: SharedPoolHandle; transfer: boolean } = { transfer };
	if (pool !== undefined) workerData.pool = pool.handle;
	const worker = new Worker(new URL("../workers/echo.js", import.meta.url), { workerData });
	pool?.track(worker);
	await once(worker, "online");

	const { warmUps, repetitions } = budget;
	const milliseconds = budget.milliseconds * 10;
	/** The first window warms up, as long as `warmUp` does. */
	let window = warmUps * budget.milliseconds;
	const times: number[] = [];
	let count = 0;
	let begin = performance.now();
	for (let i = 0; i < IN_FLIGHT; i++) send(worker, undefined);
	await new Promise<void>((resolve) => {
		worker.on("message", (back) => {
			count++;
			const elapsed = performance.now() - begin;
			if (elapsed >= window) {
				times.push((elapsed * 1e6) / count);
				count = 0;
				begin = performance.now();
				window = milliseconds;
				if (times.length > repetitions) return resolve();
			}
			send(worker, back);
		});
	});
	await worker.terminate();
	return median(times.slice(1));
}
