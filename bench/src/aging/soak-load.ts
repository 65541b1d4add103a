import { setTimeout } from "node:timers/promises";
import { configure, Pool } from "ebbpool";

// One process that uses nearly all the memory it may have, by turns: a surge of pool items, then as much that is none of
// the pool's. Both at once do not fit. node soak-load.js heap|group MEBIBYTES SECONDS [MIN_AGE]

const MiB = 2 ** 20;
/** Pool items of 256 KiB, on the heap or outside it. */
const ITEM = MiB / 4;
const ITEMS_A_MIB = MiB / ITEM;

const [where = "heap", mebibytes = "30", seconds = "5", minAge] = process.argv.slice(2);
if (minAge !== undefined) configure({ minAge: Number(minAge) });

/** Numbers that are no small integers lie in the array itself, eight bytes each. */
const onHeap = () => new Array<number>(ITEM / 8).fill(0.5);
/** Written to, so that the system has to find the memory. */
const outside = () => new Uint8Array(ITEM).fill(1);
const make: () => object = where === "heap" ? onHeap : outside;

const pool = new Pool({ new: make, stats: true });
const count = Number(mebibytes) * ITEMS_A_MIB;
/** Items a turn of the event loop. */
const STEP = 8;
const end = performance.now() + Number(seconds) * 1000;
let surges = 0;
while (performance.now() < end) {
	const out: object[] = [];
	for (let i = 0; i < count; i++) {
		out.push(pool.get());
		if (i % STEP === 0) await setTimeout(1);
	}
	for (const item of out) pool.put(item);
	out.length = 0;
	const others: object[] = [];
	for (let i = 0; i < count; i++) {
		others.push(make());
		if (i % STEP === 0) await setTimeout(1);
	}
	surges++;
}
const { misses, evicted } = pool.stats();
console.log(JSON.stringify({ surges, misses, evicted }));
