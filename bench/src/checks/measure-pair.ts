import { pathToFileURL } from "node:url";
import { Item } from "../items.ts";
import { contend } from "./contender.ts";

// A contender that gets and puts items of a pool of a build of the library. measure-pair ENTRY plain|reset

/** Pairs between two looks at the clock. */
const BATCH = 10_000;

const [entry = "", variant = "plain"] = process.argv.slice(2);
const { Pool } = (await import(pathToFileURL(entry).href)) as typeof import("ebbpool");
const make = () => new Item();
const reset = (item: Item): void => {
	item.x = 0;
	item.next = null;
};
const pool = new Pool<Item>(variant === "reset" ? { new: make, reset } : { new: make });
pool.put(pool.get());

function pairs(rounds: number): number {
	let sum = 0;
	for (let round = 0; round < rounds; round++) {
		const item = pool.get();
		sum += item.id;
		pool.put(item);
	}
	return sum;
}

contend(async (milliseconds) => {
	const end = performance.now() + milliseconds;
	let operations = 0;
	while (performance.now() < end) {
		pairs(BATCH);
		operations += BATCH;
	}
	return { operations };
});
