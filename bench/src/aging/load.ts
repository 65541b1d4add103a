import { setTimeout } from "node:timers/promises";
import { configure, onMajorGC, Pool } from "ebbpool";

// One process: what a rare user of a pool finds beside other code's garbage, and when the major collections came.
// node load.js churn|objects|few-objects SECONDS [MIN_AGE]

const MiB = 2 ** 20;
const WANTED_EVERY = 500;
const CHURN_BYTES = 64 * 1024;
const CHURN_A_SECOND = 260e6 / CHURN_BYTES;
const OBJECTS_A_SECOND = { objects: 2_000_000, "few-objects": 400_000 };
const OBJECTS_A_BATCH = 20_000;
const TURN = 10;
const KEPT_BATCHES = 100;

export interface LoadReport {
	readonly node: string;
	readonly load: string;
	readonly gets: number;
	/** Of the gets after the first, those that found an item. */
	readonly hitRate: number;
	/** Major collections, in milliseconds after the start. */
	readonly ticks: readonly number[];
	readonly seconds: number;
	/** What was allocated besides, buffers or objects: the program catches up where the machine is too busy for a while. */
	readonly perSecond: number;
}

const [load = "churn", seconds = "10", minAge] = process.argv.slice(2);
if (minAge !== undefined) configure({ minAge: Number(minAge) });

const start = performance.now();
const ticks: number[] = [];
onMajorGC(() => void ticks.push(Math.round(performance.now() - start)));

const pool = new Pool({ new: () => new Uint8Array(MiB), stats: true });
const kept: unknown[] = [];
let wantedAt = 0;
let made = 0;
const elapsed = () => performance.now() - start;
while (elapsed() < Number(seconds) * 1000) {
	if (load === "churn") {
		for (const owed = (elapsed() / 1000) * CHURN_A_SECOND; made < owed; made++)
			Buffer.allocUnsafe(CHURN_BYTES)[0] = 1;
	} else {
		const rate = OBJECTS_A_SECOND[load as keyof typeof OBJECTS_A_SECOND];
		for (const owed = (elapsed() / 1000) * rate; made < owed; made += OBJECTS_A_BATCH) {
			const batch = Array.from({ length: OBJECTS_A_BATCH }, (_, id) => ({ id }));
			kept[(made / OBJECTS_A_BATCH) % KEPT_BATCHES] = batch;
		}
	}
	if (elapsed() >= wantedAt) {
		pool.use((bytes) => void bytes.fill(1, 0, 1));
		wantedAt += WANTED_EVERY;
	}
	await setTimeout(TURN);
}
const { gets = 0, misses } = pool.stats();
const report: LoadReport = {
	node: process.version,
	load,
	gets,
	hitRate: (gets - misses) / (gets - 1),
	ticks,
	seconds: Number(seconds),
	perSecond: Math.round(made / Number(seconds)),
};
console.log(JSON.stringify(report));
