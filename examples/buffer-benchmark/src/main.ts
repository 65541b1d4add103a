// A new buffer each time against the pool: the same work, its allocations and its throughput. Rounds alternate, so that
// neither variant has the warmer process; the throughput is the median round's. Run it with
// `npm start -w examples/buffer-benchmark`.
import { PerformanceObserver } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { Pool } from "ebbpool";
import { median, type Variant, variant } from "./variant.ts";

const SIZE = 64 * 1024;
const OPERATIONS = 4000;
const ROUNDS = 5;

const text = "The tide takes back what nobody picks up. ".repeat(200);
const encoder = new TextEncoder();
let checksum = 0;

/** Stands for a response: a text encoded into a buffer that is large enough for any. */
function respond(buffer: Uint8Array): void {
	const { written } = encoder.encodeInto(text, buffer);
	checksum += written + (buffer[written - 1] as number);
}

function allocate(by: Variant): Uint8Array {
	by.allocations++;
	return new Uint8Array(SIZE);
}

const fresh = variant("fresh", (it) => respond(allocate(it)));
const pooled = variant("pooled", () => pool.use(respond));
const pool = new Pool(() => allocate(pooled));

async function runRound(it: Variant): Promise<void> {
	const observer = new PerformanceObserver((list) => {
		it.collections += list.getEntries().length;
	});
	observer.observe({ entryTypes: ["gc"] });
	const started = performance.now();
	for (let i = 0; i < OPERATIONS; i++) it.operation();
	it.throughputs.push(OPERATIONS / ((performance.now() - started) / 1000));
	// The observer is told in a later turn.
	await setImmediate();
	await setImmediate();
	observer.disconnect();
}

const variants = [fresh, pooled];
for (let round = 0; round < ROUNDS; round++) {
	for (const each of variants) await runRound(each);
	variants.reverse();
}

const columns = ["variant", "allocations", "MiB allocated", "collections", "operations/s"];
console.log(columns.join("  "));
for (const { name, allocations, collections, throughputs } of [fresh, pooled]) {
	const mebibytes = ((allocations * SIZE) / 2 ** 20).toFixed(1);
	const cells = [name, allocations, mebibytes, collections, Math.round(median(throughputs))];
	console.log(cells.map((cell, i) => String(cell).padStart(columns[i]?.length ?? 0)).join("  "));
}
const ratio = median(pooled.throughputs) / median(fresh.throughputs);
console.log(
	`${2 * ROUNDS * OPERATIONS} operations, checksum ${checksum}; pooled is ${ratio.toFixed(2)} × as fast`,
);
