import { describe, test } from "node:test";
import { assert } from "chai";
import { Pool } from "ebbpool";
import { enableChecks } from "ebbpool/checks";
import { disposingPool } from "./disposing-pool.ts";
import { findings } from "./support.ts";

describe("what a sample of the loans keeps back", () => {
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
		for (const seed of [0, 1, 2, 3, 4]) {
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

	for (const [what, none] of [
		["throws", () => assert.fail("no more than four")],
		["makes nothing", () => undefined],
	] as const) {
		test(`lets go of what it keeps back where new ${what} as too many are alive`, async () => {
			await findings(
				() => {
					let alive = 0;
					const pool = new Pool<object | undefined>({
						new: () => {
							if (alive === 4) return none();
							alive++;
							return {};
						},
						dispose: () => alive--,
					});
					for (let loan = 0; loan < 1_000; loan++) {
						const item = pool.get();
						assert.isDefined(item);
						pool.put(item);
					}
				},
				{ sample: 0.5, seed: 1 },
			);
		});
	}

	test("disposes once of what it keeps back, also where the hook gives it back", async () => {
		await findings(
			() => {
				for (let i = 0; i < 20; i++) {
					let disposed = 0;
					const pool: Pool<object> = new Pool<object>({
						new: () => ({}),
						dispose: (item) => {
							disposed++;
							pool.put(item);
						},
					});
					pool.put(pool.get());
					pool.clear();
					assert.strictEqual(disposed, 1);
					assert.strictEqual(pool.stats().local, 1);
					pool[Symbol.dispose]();
					assert.strictEqual(disposed, 2);
				}
			},
			{ sample: 0.5, seed: 1 },
		);
	});

	test("keeps nothing back whose reset disposed of the pool", async () => {
		await findings(
			() => {
				for (let i = 0; i < 20; i++) {
					const disposed: object[] = [];
					const pool: Pool<object> = new Pool<object>({
						new: () => ({}),
						reset: () => pool[Symbol.dispose](),
						dispose: (item) => disposed.push(item),
					});
					const item = pool.get();
					pool.put(item);
					assert.deepEqual(disposed, [item]);
				}
			},
			{ sample: 0.5, seed: 1 },
		);
	});

	for (const chaos of [false, 1]) {
		test(`keeps nothing back when the checks end${chaos ? ", with chaos" : ""}`, async () => {
			let last = () => {};
			await findings(
				() => {
					const { pool, disposed } = disposingPool();
					const items = Array.from({ length: 20 }, () => pool.get());
					for (const item of items) pool.put(item);
					last = () => {
						const { local, victim } = pool.stats();
						assert.lengthOf(disposed, 20 - local - victim);
					};
				},
				{ sample: 0.5, seed: 1, chaos },
			);
			last();
		});
	}

	test("ending the checks throws what disposing of what they kept back throws", () => {
		const disable = enableChecks({ sample: 0.5, seed: 1 });
		const { pool } = disposingPool(true);
		for (let loan = 0; loan < 5; loan++) pool.put(pool.get());
		assert.throws(disable, /^enableChecks: expected no error, got \d+: see errors$/);
		disable();
	});

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
				assert.throws(() => pool.clear());
			},
			{ sample: 0.5, seed: 1 },
		);
	});
});
