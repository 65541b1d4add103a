import { describe, test } from "node:test";
import { assert } from "chai";
import { Pool } from "ebbpool";
import { enableChecks } from "ebbpool/checks";
import { fixtureReport } from "../support/run-fixture.ts";
import { findings, quietly } from "./support.ts";

/** What the fixture of that name prints. */
interface Aged {
	readonly thrown: readonly string[];
	readonly uncaught: readonly string[];
	readonly left: number;
}

/** Uses a pool as a program would that puts some items twice and uses some late. */
function misuse(): void {
	const pool = new Pool({
		name: "chaos",
		new: () => ({ value: 0 }),
		reset: (item) => Object.assign(item, { value: 0 }),
	});
	for (let i = 0; i < 500; i++) {
		const item = pool.get();
		item.value = i;
		pool.put(item);
		if (i % 7 === 0) pool.put(item);
		if (i % 11 === 0) item.value = -1;
	}
}

describe("chaos", () => {
	test("the same seed gives the same violations", async () => {
		const run = async (seed: number) => {
			const found = await findings(misuse, { chaos: true, seed, leaks: false });
			return found.map(({ kind, traces }) => `${kind} ${traces.length}`);
		};
		const [first, again] = [await run(7), await run(7)];
		assert.isNotEmpty(first);
		assert.deepEqual(again, first);
	});

	test("drops puts, so that a pool that is filled and emptied is not as full", async () => {
		const pooled = (chaos: boolean) =>
			quietly(() => {
				const disable = enableChecks({ chaos, seed: 3 });
				try {
					const pool = new Pool<object>();
					for (let i = 0; i < 200; i++) pool.put({});
					return pool.stats().local + pool.stats().victim;
				} finally {
					disable();
				}
			});
		assert.equal(await pooled(false), 200);
		assert.isBelow(await pooled(true), 195);
	});

	test("what dispose hooks of other pools throw when it ages them is not thrown by a put", async () => {
		const { thrown, uncaught, left } = await fixtureReport<Aged>("chaos-aging");
		assert.deepEqual(thrown, []);
		assert.strictEqual(left, 0);
		assert.deepEqual(uncaught, Array(3).fill("of another pool"));
	});

	for (const options of [{ chaos: 0.5 }, { chaos: 0.5, sample: 0.5 }, { sample: 0.5 }]) {
		test(`what is out is counted as without it: ${JSON.stringify(options)}`, async () => {
			await findings(
				() => {
					const pool = new Pool({ new: () => ({}), stats: true });
					const items: object[] = [];
					for (let i = 0; i < 500; i++) {
						if (items.length < 10 || i % 3 === 0) items.push(pool.get());
						else pool.put(items.splice((i * 7) % items.length, 1)[0]);
						assert.strictEqual(pool.stats().out, items.length);
					}
				},
				{ ...options, seed: 1, leaks: false },
			);
		});
	}

	test("its share can be chosen, and its seed is printed", async () => {
		const told: string[] = [];
		const { warn } = console;
		console.warn = (text: string) => told.push(text);
		try {
			enableChecks({ chaos: 0.5 })();
			enableChecks({ chaos: true, seed: 42 })();
		} finally {
			console.warn = warn;
		}
		assert.match(told[0] ?? "", /chaos with seed \d+/);
		assert.include(told[1] ?? "", "seed 42");
	});
});
