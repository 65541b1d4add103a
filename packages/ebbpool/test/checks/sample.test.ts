import { describe, test } from "node:test";
import { assert } from "chai";
import { Pool } from "ebbpool";
import { findings } from "./support.ts";

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed);

/** A pool, and what it disposed of. */
function disposingPool(fails = false) {
	const disposed: object[] = [];
	const pool = new Pool<object>({
		new: () => ({}),
		dispose: (item) => {
			disposed.push(item);
			if (fails) throw new Error("not now");
		},
		stats: true,
	});
	return { pool, disposed };
}

describe("a sample of a part of the loans", () => {
	for (const chaos of [false, 1]) {
		test(`gives back what it kept when the pool is emptied${chaos ? ", with chaos" : ""}`, async () => {
			for (const empty of [
				(pool: Pool<object>) => pool.clear(),
				(pool: Pool<object>) => pool[Symbol.dispose](),
			]) {
				await findings(
					() => {
						const { pool, disposed } = disposingPool();
						const items = Array.from({ length: 8 }, () => pool.get());
						for (const item of items) pool.put(item);
						empty(pool);
						assert.sameMembers(disposed, items);
					},
					{ sample: 0.5, seed: 1, chaos },
				);
			}
		});
	}

	test("does not pool again what it watched, which burying has made slow: it is disposed of, once", async () => {
		for (const seed of SEEDS.slice(0, 5)) {
			await findings(
				() => {
					const { pool, disposed } = disposingPool();
					for (let loan = 0; loan < 200; loan++) {
						const item = pool.get();
						assert.notInclude(disposed, item);
						pool.put(item);
					}
					assert.isAbove(disposed.length, 30);
					assert.strictEqual(pool.stats().out, 0);
					pool.clear();
					assert.strictEqual(disposed.length, pool.stats().misses);
					assert.strictEqual(new Set(disposed).size, disposed.length);
				},
				{ sample: 0.5, seed },
			);
		}
	});

	test("watches new items, so that what is pooled stays as warm as it is", async () => {
		await findings(
			() => {
				const { pool } = disposingPool();
				const loans = new Map<object, number>();
				for (let loan = 0; loan < 200; loan++) {
					const item = pool.get();
					loans.set(item, (loans.get(item) ?? 0) + 1);
					pool.put(item);
				}
				const [most = 0, ...others] = [...loans.values()].sort((a, b) => b - a);
				assert.isAbove(most, 30);
				assert.isAbove(others.length, 30);
				assert.deepEqual([...new Set(others)], [1]);
				const { gets, hits, misses, puts, out } = pool.stats();
				assert.deepEqual(
					{ gets, hits, misses, puts, out },
					{ gets: 200, hits: most - 1, misses: 201 - most, puts: 200, out: 0 },
				);
			},
			{ sample: 0.5, seed: 4 },
		);
	});

	test("makes no more primitives than the pool needs, which cannot be watched", async () => {
		await findings(
			() => {
				let made = 0;
				const pool = new Pool({ new: () => ++made });
				for (let loan = 0; loan < 200; loan++) pool.put(pool.get());
				assert.isAtMost(made, 2);
				assert.isAtMost(pool.stats().local, 2);
			},
			{ sample: 0.5, seed: 1 },
		);
	});

	for (const [what, none] of [
		["throws", () => assert.fail("no more than forty")],
		["makes nothing", () => undefined],
	] as const) {
		test(`serves what is pooled where new ${what} at its limit`, async () => {
			await findings(
				() => {
					let made = 0;
					const pool = new Pool<object | undefined>({ new: () => (made++ < 40 ? {} : none()) });
					const items = Array.from({ length: 40 }, () => pool.get());
					for (const item of items) pool.put(item);
					const { local } = pool.stats();
					assert.isAbove(local, 5);
					const served = Array.from({ length: local }, () => pool.get());
					assert.includeMembers(items, served);
				},
				{ sample: 0.5, seed: 1 },
			);
		});
	}

	test("empties the pool although disposing of what was kept back throws", async () => {
		await findings(
			() => {
				const { pool, disposed } = disposingPool(true);
				const items = Array.from({ length: 30 }, () => pool.get());
				for (const item of items.slice(0, 20)) pool.put(item);
				assert.throws(
					() => pool[Symbol.dispose](),
					/^Pool\[Symbol\.dispose\]: expected no error, got \d+: see errors$/,
				);
				assert.sameMembers(disposed, items.slice(0, 20));
				assert.strictEqual(pool.stats().local, 0);
			},
			{ sample: 0.5, seed: 1 },
		);
	});

	test("makes nothing for a pool that was disposed of", async () => {
		await findings(
			() => {
				for (let i = 0; i < 20; i++) {
					const { pool } = disposingPool();
					pool[Symbol.dispose]();
					assert.throws(() => pool.get(), /disposed/);
					assert.strictEqual(pool.stats().misses, 0);
				}
			},
			{ sample: 0.5, seed: 1 },
		);
	});

	test("throws what disposing of a watched item throws, and lets go of the others later", async () => {
		await findings(
			() => {
				const { pool, disposed } = disposingPool(true);
				let thrown = 0;
				for (let loan = 0; loan < 200; loan++) {
					const item = pool.get();
					try {
						pool.put(item);
					} catch (error) {
						assert.strictEqual((error as Error).message, "not now");
						thrown++;
					}
				}
				assert.isAbove(thrown, 30);
				assert.lengthOf(disposed, thrown);
			},
			{ sample: 0.5, seed: 1 },
		);
	});

	test("tells nothing of what resets set that it did not watch", async () => {
		for (const seed of SEEDS) {
			const found = await findings(
				() => {
					const pool = new Pool({
						new: (): { id: number; idleSince: number; clean?: boolean } => ({ id: 0, idleSince: 0 }),
						reset: (item) => {
							item.id = 0;
							item.idleSince = Date.now();
							item.clean = true;
						},
					});
					for (let i = 0; i < 50; i++) {
						pool.use((item) => {
							item.id = i;
						});
					}
				},
				{ sample: 0.3, seed },
			);
			assert.deepEqual(
				found.map(({ message }) => message),
				[],
				`seed ${seed}`,
			);
		}
	});
});
