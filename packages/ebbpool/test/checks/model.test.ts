import { describe, test } from "node:test";
import { assert } from "chai";
import { Pool, PoolError, poolCleanup } from "ebbpool";
import type { CheckOptions } from "ebbpool/checks";
import { seeded } from "../shared/support/random.ts";
import { findings } from "./support.ts";

interface Item {
	readonly id: number;
	value: number;
}

const SEEDS = Array.from({ length: 16 }, (_, seed) => seed + 1);
const STEPS = 300;

const failure = new Error("a hook that fails");

/** Runs what may throw the errors of hooks, and no others. */
function despiteHooks<R>(work: () => R): R | undefined {
	try {
		return work();
	} catch (error) {
		const isOfHooks = error === failure || (error instanceof PoolError && error.code === "ERR_POOL_HOOK");
		if (!isOfHooks) throw error;
		return undefined;
	}
}

/** A right program whose hooks fail and use the pool at random. */
function rightProgram(seed: number): { run(): void; end(): void } {
	const random = seeded(seed * 77);
	const alive = new Set<Item>();
	const held: Item[] = [];
	let [made, depth, quiet] = [0, 0, false];

	const interfere = (fails: boolean) => {
		if (quiet) return;
		if (fails && random() < 0.05) throw failure;
		if (depth === 2 || random() >= 0.05) return;
		depth++;
		try {
			step();
		} finally {
			depth--;
		}
	};
	const reset = (item: Item) => {
		item.value = 0;
		interfere(seed % 4 > 1);
	};
	const keep = () => {
		interfere(seed % 4 > 2);
		return random() < 0.9;
	};
	const pool = new Pool<Item>({
		new: () => {
			interfere(seed % 4 > 0);
			const item = { id: ++made, value: 0 };
			alive.add(item);
			return item;
		},
		reset: seed % 3 > 0 ? reset : undefined,
		keep: seed % 5 > 0 ? keep : undefined,
		dispose: (item) => {
			assert.isTrue(alive.delete(item), "disposed of once");
			assert.strictEqual(item.value, 0, "whole when it is disposed of");
			interfere(seed % 4 > 2);
		},
		stats: true,
	});
	const takeHeld = () => {
		const [item] = held.splice(Math.floor(random() * held.length), 1);
		if (item !== undefined) item.value = 0;
		return item;
	};

	function step(): void {
		const drawn = random();
		if (drawn < 0.45) {
			const item = despiteHooks(() => pool.get());
			if (item === undefined) return;
			assert.notInclude(held, item, "one owner");
			assert.isTrue(alive.has(item), "not disposed of");
			item.value = drawn;
			held.push(item);
		} else if (drawn < 0.9) despiteHooks(() => pool.put(takeHeld()));
		else if (drawn < 0.95) despiteHooks(() => pool.discard(takeHeld()));
		else if (drawn < 0.97) despiteHooks(poolCleanup);
		else if (drawn < 0.98) despiteHooks(() => pool.clear());
	}

	return {
		run() {
			for (let i = 0; i < STEPS; i++) {
				step();
				const { gets, hits = 0, victimHits, misses, puts, out, ...others } = pool.stats();
				const { rejected, evicted, cleared, local, victim } = others;
				assert.strictEqual(gets, hits + victimHits + misses);
				assert.strictEqual(puts, hits + victimHits + rejected + evicted + cleared + local + victim);
				assert.strictEqual(out, held.length);
			}
			quiet = true;
			if (seed % 2 > 0) pool[Symbol.dispose]();
		},
		end() {
			while (held.length > 0) pool.put(takeHeld());
			pool.clear();
			assert.strictEqual(alive.size, 0, "nothing is lost");
		},
	};
}

const WAYS: readonly CheckOptions[] = [
	{},
	{ sample: 0.9 },
	{ sample: 0.5 },
	{ sample: 0.1 },
	{ chaos: 0.5 },
	{ chaos: 0.5, sample: 0.5 },
];

describe("a right program is right, and nothing is told of it", () => {
	for (const options of WAYS) {
		for (const isEnded of [false, true]) {
			const when = isEnded ? ", although they end before it does" : "";
			test(`with the checks ${JSON.stringify(options)}${when}`, async () => {
				const ends: (() => void)[] = [];
				const found = await findings(
					(soFar) => {
						for (const seed of SEEDS) {
							const program = rightProgram(seed);
							program.run();
							if (isEnded) ends.push(program.end);
							else program.end();
							assert.isEmpty(soFar, `seed ${seed}`);
						}
					},
					{ ...options, seed: 1, leaks: false },
				);
				for (const end of ends) end();
				assert.isEmpty(found);
			});
		}
	}
});
