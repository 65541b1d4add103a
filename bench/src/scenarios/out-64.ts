import { Item, makeItems } from "../items.ts";
import { type Loops, loopScenario } from "./loop-scenario.ts";
import { takeItems } from "./take-items.ts";

const OUT = 64;

const loops: Loops = {
	operation: "get and put",
	operationsPerRound: OUT,

	pool(pool) {
		const held = takeItems(pool, OUT);
		for (const item of held) pool.put(item);
		return (rounds) => {
			for (let round = 0; round < rounds; round++) {
				for (let i = 0; i < OUT; i++) held[i] = pool.get();
				for (let i = 0; i < OUT; i++) pool.put(held[i] as Item);
			}
			return (held[0] as Item).id;
		};
	},

	inline(items) {
		items.push(...makeItems(OUT));
		const held = makeItems(OUT);
		return (rounds) => {
			for (let round = 0; round < rounds; round++) {
				for (let i = 0; i < OUT; i++) held[i] = items.pop() as Item;
				for (let i = 0; i < OUT; i++) items.push(held[i] as Item);
			}
			return (held[0] as Item).id;
		};
	},

	fresh() {
		const held = makeItems(OUT);
		return (rounds) => {
			for (let round = 0; round < rounds; round++) {
				for (let i = 0; i < OUT; i++) held[i] = new Item();
			}
			return (held[0] as Item).id;
		};
	},
};

/** 64 items are out at once: 64 gets in a row, then as many puts. */
export const out64 = loopScenario(loops);

/** The same in a process that has been through collections, as every server has: the pool has changed its shelf. */
export const out64Aged = loopScenario({ ...loops, collections: 3 });
