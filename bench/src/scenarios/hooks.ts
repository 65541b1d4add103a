import { ObjectPool } from "@smikhalevski/object-pool";
import { Pool } from "ebbpool";
import { Item } from "../items.ts";
import type { Loop } from "../measure/loop.ts";
import { timeLoop } from "../measure/time-loop.ts";
import type { ItemPool } from "../peers/peer.ts";
import type { Scenario } from "./scenario.ts";

const clean = (item: Item): void => {
	item.x = 0;
	item.next = null;
};

const cleanOther = (item: Item): void => {
	item.x = 1;
};

const make = () => new Item();

function pairs(pool: ItemPool<Item>): Loop {
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
}

function pairsCleanedByHand(pool: ItemPool<Item>): Loop {
	pool.put(pool.get());
	return (rounds) => {
		let sum = 0;
		for (let round = 0; round < rounds; round++) {
			const item = pool.get();
			sum += item.id;
			item.x = 0;
			item.next = null;
			pool.put(item);
		}
		return sum;
	};
}

function pairsCleanedOtherwise(pool: ItemPool<Item>): Loop {
	pool.put(pool.get());
	return (rounds) => {
		let sum = 0;
		for (let round = 0; round < rounds; round++) {
			const item = pool.get();
			sum += item.id;
			item.x = 1;
			pool.put(item);
		}
		return sum;
	};
}

function pairsKeptByHand(pool: ItemPool<Item>): Loop {
	pool.put(pool.get());
	return (rounds) => {
		let sum = 0;
		for (let round = 0; round < rounds; round++) {
			const item = pool.get();
			sum += item.id;
			item.x = 0;
			item.next = null;
			if (item.x < 5) pool.put(item);
		}
		return sum;
	};
}

function uses(pool: Pool<Item>): Loop {
	return (rounds) => {
		let sum = 0;
		for (let round = 0; round < rounds; round++) {
			pool.use((item) => {
				sum += item.id;
			});
		}
		return sum;
	};
}

function pairsOfObjectPool(): Loop {
	const pool = new ObjectPool(make, clean);
	pool.release(pool.take());
	return (rounds) => {
		let sum = 0;
		for (let round = 0; round < rounds; round++) {
			const item = pool.take();
			sum += item.id;
			pool.release(item);
		}
		return sum;
	};
}

function inTurn(loops: readonly Loop[]): Loop {
	return (rounds) => loops.reduce((sum, loop) => sum + loop(rounds / loops.length), 0);
}

/** Five pools of different hooks in turn, as in a program that has many: no compiler can tell which hook comes next. */
const five = () =>
	inTurn([
		pairs(new Pool({ new: make, reset: clean })),
		pairs(new Pool({ new: make, reset: cleanOther })),
		pairs(new Pool({ new: make, reset: clean, keep: (item) => item.x < 5 })),
		pairs(new Pool({ new: make, stats: true })),
		pairs(new Pool(make)),
	]);

/** The same with loops that clean what they put: five pieces of code, each compiled for what it does. */
const fiveByHand = () =>
	inTurn([
		pairsCleanedByHand(new Pool(make)),
		pairsCleanedOtherwise(new Pool(make)),
		pairsKeptByHand(new Pool(make)),
		pairs(new Pool(make)),
		pairs(new Pool(make)),
	]);

const VARIANTS = {
	plain: () => pairs(new Pool(make)),
	"by hand": () => pairsCleanedByHand(new Pool(make)),
	reset: () => pairs(new Pool({ new: make, reset: clean })),
	"reset + keep": () => pairs(new Pool({ new: make, reset: clean, keep: (item) => item.x < 5 })),
	stats: () => pairs(new Pool({ new: make, stats: true })),
	use: () => uses(new Pool(make)),
	"five pools": five,
	"five by hand": fiveByHand,
	"object-pool, reset": pairsOfObjectPool,
} satisfies Record<string, () => Loop>;

/** What hooks and counts add to one item that goes out and back. */
export const hooks: Scenario = {
	operation: "get and put",
	variants: Object.keys(VARIANTS),
	baselines: ["by hand", "five by hand", "plain"],
	figures: ["heapBytes", "minor", "major"],
	measure: (variant, budget) => timeLoop(VARIANTS[variant as keyof typeof VARIANTS](), 1, budget),
};
