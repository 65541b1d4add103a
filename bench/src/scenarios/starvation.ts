import { Item, makeItems } from "../items.ts";
import { loopScenario } from "./loop-scenario.ts";
import { takeItems } from "./take-items.ts";

const PUTS = 67;
const GETS = 100;

/** A third of what is taken never comes back, so that one get in three finds nothing: Go's `BenchmarkPoolStarvation`. */
export const starvation = loopScenario({
	operation: "get, and 0.67 puts",
	operationsPerRound: GETS,

	pool(pool) {
		const held = takeItems(pool, GETS);
		return (rounds) => {
			for (let round = 0; round < rounds; round++) {
				for (let i = 0; i < PUTS; i++) pool.put(held[i] as Item);
				for (let i = 0; i < GETS; i++) held[i] = pool.get();
			}
			return (held[0] as Item).id;
		};
	},

	inline(items) {
		const held = makeItems(GETS);
		return (rounds) => {
			for (let round = 0; round < rounds; round++) {
				for (let i = 0; i < PUTS; i++) items.push(held[i] as Item);
				for (let i = 0; i < GETS; i++) held[i] = items.pop() ?? new Item();
			}
			return (held[0] as Item).id;
		};
	},

	fresh() {
		const held = makeItems(GETS);
		return (rounds) => {
			for (let round = 0; round < rounds; round++) {
				for (let i = 0; i < GETS; i++) held[i] = new Item();
			}
			return (held[0] as Item).id;
		};
	},
});
