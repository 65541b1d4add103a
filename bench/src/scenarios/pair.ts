import { Item } from "../items.ts";
import { loopScenario } from "./loop-scenario.ts";

/** One item goes out and back over and over: the commonest use, and the fastest way through a pool. */
export const pair = loopScenario({
	operation: "get and put",
	operationsPerRound: 1,

	pool(pool) {
		pool.put(pool.get());
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
		items.push(new Item());
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
		const held = [new Item()];
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
