import { setTimeout } from "node:timers/promises";
import { configure, onMajorGC, Pool } from "ebbpool";

// One process: what a rare user of a pool finds beside other code's garbage, and when the major collections came.
// node load.js churn|objects SECONDS [MIN_AGE]

const MiB = 2 ** 20;
const WANTED_EVERY = 500;
const CHURN_BYTES = 64 * 1024;
/** 260 MB a second. */
const CHURN_A_TURN = 40;
const OBJECTS_A_TURN = 20_000;
const TURN = 10;
const KEPT_TURNS = 100;

export interface LoadReport {
	readonly node: string;
	readonly load: string;
	readonly gets: number;
	/** Of the gets after the first, those that found an item. */
	readonly hitRate: number;
	/** Major collections, in milliseconds after the start. */
	readonly ticks: readonly number[];
	readonly seconds: number;
}

const [load = "churn", seconds = "10", minAge] = process.argv.slice(2);
if (minAge !== undefined) configure({ minAge: Number(minAge) });

const start = performance.now();
const ticks: number[] = [];
onMajorGC(() => void ticks.push(Math.round(performance.now() - start)));

const pool = new Pool({ new: () => new Uint8Array(MiB), stats: true });
const kept: unknown[] = [];
let wantedAt = 0;
for (let turn = 0; performance.now() - start < Number(seconds) * 1000; turn++) {
	if (load === "churn") for (let i = 0; i < CHURN_A_TURN; i++) Buffer.allocUnsafe(CHURN_BYTES)[0] = 1;
	else kept[turn % KEPT_TURNS] = Array.from({ length: OBJECTS_A_TURN }, (_, id) => ({ id }));
	if (performance.now() - start >= wantedAt) {
		pool.use((bytes) => void bytes.fill(turn, 0, 1));
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
};
console.log(JSON.stringify(report));
