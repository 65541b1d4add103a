import { describe, test } from "node:test";
import { assert } from "chai";
import { Pool } from "ebbpool";
import { BufferPool, ByteBuffer, retain } from "ebbpool/bytes";
import type { PoolViolation } from "ebbpool/checks";
import { disposingPool } from "./disposing-pool.ts";
import { findings } from "./support.ts";

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed);

const messages = (found: readonly PoolViolation[]) => found.map(({ message }) => message);

/** So that what it holds is lost, and not it. */
const kept: unknown[] = [];

describe("a sample of a part of the loans", () => {
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

	for (const [what, fail] of [
		["throws", () => assert.fail("no")],
		["makes nothing", () => undefined],
		["makes a promise", () => Promise.resolve({})],
	] as const) {
		test(`a new that ${what} runs once a get, and counts as one miss`, async () => {
			await findings(
				() => {
					let calls = 0;
					let fails = true;
					const pool = new Pool<unknown>({
						new: () => {
							calls++;
							return fails ? fail() : {};
						},
						stats: true,
					});
					const get = () => {
						try {
							return pool.get();
						} catch {
							return undefined;
						}
					};
					for (let loan = 0; loan < 100; loan++) get();
					assert.strictEqual(calls, 100);
					assert.deepInclude(pool.stats(), { gets: 100, misses: 100, out: 0 });
					fails = false;
					const items = Array.from({ length: 100 }, get);
					for (const item of items) pool.put(item);
					const { local } = pool.stats();
					fails = true;
					for (let loan = 0; loan < local; loan++) assert.include(items, get());
					assert.deepInclude(pool.stats(), { gets: 200 + local, misses: 200, out: local });
				},
				{ sample: 0.5, seed: 1 },
			);
		});
	}

	test("a new may take itself away, or dispose of the pool: what it returns is got", async () => {
		await findings(
			() => {
				for (let i = 0; i < 20; i++) {
					const item = {};
					const once: Pool<object> = new Pool<object>({
						new: () => {
							Object.assign(once, { new: undefined });
							return item;
						},
					});
					assert.strictEqual(once.get(), item);
					const disposed: object[] = [];
					const last: Pool<object> = new Pool<object>({
						new: () => {
							last[Symbol.dispose]();
							return item;
						},
						dispose: (each) => disposed.push(each),
						stats: true,
					});
					assert.strictEqual(last.get(), item);
					last.put(item);
					assert.deepEqual(disposed, [item]);
					assert.strictEqual(last.stats().out, 0);
				}
			},
			{ sample: 0.5, seed: 1 },
		);
	});

	test("an item is no leak that was put into another pool, or given out by a `new` that got it", async () => {
		const found = await findings(
			() => {
				const arrays = new BufferPool();
				const made = new Pool<object>({ new: () => ({}) });
				const through: Pool<object> = new Pool<object>({ new: () => (++calls % 4 ? through.get() : {}) });
				let calls = 0;
				const pool = new Pool<object>();
				kept.push(arrays, made, through, pool);
				for (let loan = 0; loan < 100; loan++) {
					pool.put(arrays.get(100));
					pool.put(made.get());
					through.put(through.get());
				}
				pool.clear();
				through.clear();
			},
			{ sample: 0.5, seed: 1 },
		);
		kept.length = 0;
		assert.deepEqual(messages(found), []);
	});

	test("a new that makes one and the same object, used in turn, has it whole, and none is disposed of in use", async () => {
		const found = await findings(
			() => {
				for (let i = 0; i < 50; i++) {
					const only = { value: 0 };
					const pool = new Pool({
						new: () => {
							only.value = 0;
							return only;
						},
						dispose: () => assert.fail("in use"),
					});
					for (let loan = 0; loan < 5; loan++) {
						const item = pool.get();
						item.value = loan;
						pool.put(item);
					}
					const isPooled = pool.stats().local > 0;
					const item = pool.get();
					if (!isPooled) pool.clear();
					item.value = 1;
				}
			},
			{ sample: 0.5, seed: 1, leaks: false },
		);
		assert.deepEqual(messages(found), []);
	});

	test("a policy of `retain` still belongs to one pool", async () => {
		await findings(
			() => {
				const policy = retain.upTo(64);
				new Pool({ ...policy, new: () => new ByteBuffer() });
				assert.throws(() => new Pool({ ...policy, new: () => new ByteBuffer() }), /retain/);
			},
			{ sample: 0.5 },
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
