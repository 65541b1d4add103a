import { Item, makeItems } from "../items.ts";
import { loopScenario } from "./loop-scenario.ts";
import { takeItems } from "./take-items.ts";

const POOLED = 64;

/** One item is out at a time, from a pool that holds some: the commonest use, and the fastest way through a pool. */
export const pair = loopScenario({
	operation: "get and put",
	operationsPerRound: 1,

	pool(pool) {
		for (const item of takeItems(pool, POOLED)) pool.put(item);
		return (rounds) => {
			let sum = 0;
			for (let round = 0; round < rounds; round++) {
				const item = pool.get();
				sum += item.id;
				pool.put(item);
			}
			return sum;
		};
	},

	inline(items) {
		items.push(...makeItems(POOLED));
		return (rounds) => {
			let sum = 0;
			for (let round = 0; round < rounds; round++) {
				const item = items.pop() as Item;
				sum += item.id;
				items.push(item);
			}
			return sum;
		};
	},

	fresh() {
		const held = makeItems(1);
		return (rounds) => {
			let sum = 0;
			for (let round = 0; round < rounds; round++) {
				const item = new Item();
				sum += item.id;
				held[0] = item;
			}
			return sum;
		};
	},
});
