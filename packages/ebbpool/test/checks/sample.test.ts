import { describe, test } from "node:test";
import { assert } from "chai";
import { Pool } from "ebbpool";
import { enableChecks, type PoolViolation } from "ebbpool/checks";
import { findings } from "./support.ts";

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed);

/** A pool, and what it disposed of. */
function disposingPool() {
	const disposed: object[] = [];
	const pool = new Pool<object>({
		new: () => ({}),
		dispose: (item) => {
			disposed.push(item);
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

	test("watches the same few items again and again, apart from what is pooled, which stays as warm as it is", async () => {
		for (const seed of SEEDS.slice(0, 5)) {
			await findings(
				() => {
					const { pool, disposed } = disposingPool();
					const loans = new Map<object, number>();
					for (let loan = 0; loan < 400; loan++) {
						const item = pool.get();
						loans.set(item, (loans.get(item) ?? 0) + 1);
						pool.put(item);
					}
					const most = Math.max(...loans.values());
					assert.isAbove(most, 100);
					assert.isAtMost(loans.size, 20);
					assert.isEmpty(disposed);
					const { gets, hits, misses, puts, out } = pool.stats();
					assert.deepEqual(
						{ gets, hits, misses, puts, out },
						{ gets: 400, hits: most - 1, misses: 401 - most, puts: 400, out: 0 },
					);
					pool.clear();
					assert.sameMembers(disposed, [...loans.keys()]);
				},
				{ sample: 0.5, seed },
			);
		}
	});

	test("disposes of watched items that are more than it keeps back", async () => {
		await findings(
			() => {
				const { pool, disposed } = disposingPool();
				const items = Array.from({ length: 200 }, () => pool.get());
				for (const item of items) pool.put(item);
				assert.isAbove(disposed.length, 30);
				assert.isAtMost(disposed.length, 150);
				pool.clear();
				assert.sameMembers(disposed, items);
			},
			{ sample: 0.5, seed: 1 },
		);
	});

	test("where violations are thrown, does not watch again what somebody changed after its put: it is disposed of", () => {
		const disable = enableChecks({ sample: 0.5, seed: 1, onViolation: "throw" });
		try {
			const { pool, disposed } = disposingPool();
			let thrown = 0;
			for (let loan = 0; loan < 200; loan++) {
				let item: object;
				try {
					item = pool.get();
				} catch (error) {
					assert.strictEqual((error as PoolViolation).kind, "useAfterPut");
					thrown++;
					continue;
				}
				assert.notInclude(disposed, item);
				pool.put(item);
				Object.defineProperty(item, "late", { value: true, configurable: true });
			}
			assert.isAbove(thrown, 30);
			assert.strictEqual(disposed.length, thrown);
			assert.strictEqual(pool.stats().out, 0);
		} finally {
			disable();
		}
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
				let disposals = 0;
				const pool = new Pool({
					new: () => ({}),
					dispose: () => {
						disposals++;
						throw new Error("not now");
					},
				});
				let thrown = 0;
				for (const item of Array.from({ length: 200 }, () => pool.get())) {
					try {
						pool.put(item);
					} catch (error) {
						assert.strictEqual((error as Error).message, "not now");
						thrown++;
					}
				}
				assert.isAbove(thrown, 30);
				assert.strictEqual(thrown, disposals);
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
