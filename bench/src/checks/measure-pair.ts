import { pathToFileURL } from "node:url";
import { Item } from "../items.ts";
import { timeLoop } from "../measure/time-loop.ts";

// One process: the time of a get and a put of a build of the library. node measure-pair.js ENTRY plain|reset

const BUDGET = { warmUps: 100, repetitions: 20, milliseconds: 10 };

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

const { time } = await timeLoop(pairs, 1, BUDGET);
console.log(JSON.stringify(time));
