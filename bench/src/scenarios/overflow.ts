import { Item, makeItems } from "../items.ts";
import { loopScenario } from "./loop-scenario.ts";
import { takeItems } from "./take-items.ts";

const BURST = 100;

/** More is put at once than any one place for quick access takes: Go's `BenchmarkPoolOverflow`. */
export const overflow = loopScenario({
	operation: "put and get",
	operationsPerRound: BURST,

	pool(pool) {
		const held = takeItems(pool, BURST);
		return (rounds) => {
			for (let round = 0; round < rounds; round++) {
				for (let i = 0; i < BURST; i++) pool.put(held[i] as Item);
				for (let i = 0; i < BURST; i++) held[i] = pool.get();
			}
			return (held[0] as Item).id;
		};
	},

	inline(items) {
		const held = makeItems(BURST);
		return (rounds) => {
			for (let round = 0; round < rounds; round++) {
				for (let i = 0; i < BURST; i++) items.push(held[i] as Item);
				for (let i = 0; i < BURST; i++) held[i] = items.pop() as Item;
			}
			return (held[0] as Item).id;
		};
	},

	fresh() {
		const held = makeItems(BURST);
		return (rounds) => {
			for (let round = 0; round < rounds; round++) {
				for (let i = 0; i < BURST; i++) held[i] = new Item();
			}
			return (held[0] as Item).id;
		};
	},
});
