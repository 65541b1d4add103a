import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { configure, type Lease, Pool, type PoolOptions, poolCleanup } from "ebbpool";
import { majorGC } from "../support/major-gc.ts";

configure({ minAge: 0 }); // Go's rhythm

const COUNT = 100;

interface Item {
	readonly payload: number[];
}

function makeItem(): Item {
	return { payload: [1, 2, 3] };
}

/** Puts fresh items one after the other; only the pool and the weak references know them. */
function fill(pool: Pool<Item, unknown>, count = COUNT): WeakRef<Item>[] {
	return Array.from({ length: count }, () => {
		const item = makeItem();
		pool.put(item);
		return new WeakRef(item);
	});
}

function take(pool: Pool<Item, undefined>, count = COUNT): void {
	for (let i = 0; i < count; i++) assert.notEqual(pool.get(), undefined);
}

function alive(refs: readonly WeakRef<object>[]): number {
	return refs.filter((ref) => ref.deref() !== undefined).length;
}

async function expectCollected(refs: readonly WeakRef<object>[]): Promise<void> {
	await majorGC();
	assert.equal(alive(refs), 0, "all are free after the next collection");
}

const kinds: Record<string, PoolOptions<Item>> = {
	"a plain pool": {},
	"a pool with dispose": { dispose() {} },
	"a pool with reset and keep": { reset() {}, keep: () => true },
	"a counting pool": { stats: true },
	"a victim-first pool": { order: "victim-first" },
};

for (const [kind, options] of Object.entries(kinds)) {
	describe(`${kind} does not refer to`, () => {
		test("items that were taken", async () => {
			const pool = new Pool<Item>(options);
			const refs = fill(pool);
			take(pool);
			await expectCollected(refs);
			assert.equal(pool.get(), undefined);
		});

		test("items that were taken while others stay", async () => {
			const pool = new Pool<Item>(options);
			const refs = fill(pool);
			take(pool, COUNT - 1);
			await majorGC();
			assert.equal(alive(refs), 1);
			assert.equal(pool.stats().victim, 1);
		});

		test("items that were taken from the victim generation", async () => {
			const pool = new Pool<Item>(options);
			const refs = fill(pool);
			await majorGC();
			assert.equal(alive(refs), COUNT);
			take(pool, COUNT - 1);
			await majorGC();
			assert.ok(alive(refs) <= 1);
			assert.equal(pool.stats().evicted, 1);
			assert.equal(pool.get(), undefined);
		});

		test("items that were put back and taken again, many times", async () => {
			const pool = new Pool<Item>(options);
			const use = () => {
				const refs = fill(pool, 2);
				for (let i = 0; i < 10_000; i++) {
					const [a, b] = [pool.get(), pool.get()];
					pool.put(a);
					pool.put(b);
				}
				take(pool, 2);
				return refs;
			};
			await expectCollected(use());
			assert.equal(pool.get(), undefined);
		});

		test("items that were cleared, young or not", async () => {
			const pool = new Pool<Item>(options);
			const old = fill(pool);
			await majorGC();
			const young = fill(pool);
			pool.clear();
			await expectCollected([...old, ...young]);
			assert.equal(pool.stats().cleared, 2 * COUNT);
		});

		test("items that poolCleanup let go of", async () => {
			const pool = new Pool<Item>(options);
			const refs = fill(pool);
			poolCleanup();
			poolCleanup();
			await expectCollected(refs);
			assert.equal(pool.stats().evicted, COUNT);
		});

		test("items that were discarded", async () => {
			const pool = new Pool<Item>(options);
			const discard = () => {
				const item = makeItem();
				pool.discard(item);
				return new WeakRef(item);
			};
			await expectCollected([discard(), discard()]);
			assert.equal(pool.stats().discarded, 2);
		});

		test("what it held when it was disposed of, nor what was put later", async () => {
			const pool = new Pool<Item>(options);
			const refs = fill(pool);
			pool[Symbol.dispose]();
			refs.push(...fill(pool));
			await expectCollected(refs);
			assert.throws(() => pool.get());
		});

		test("items of a use that is over", async () => {
			const pool = new Pool<Item>(options);
			fill(pool, 1);
			const results: unknown[] = [];
			const use = async () => {
				const refs: WeakRef<Item>[] = [];
				pool.use((item) => void refs.push(new WeakRef(item as Item)));
				const promise = pool.use(async (item) => void refs.push(new WeakRef(item as Item)));
				results.push(promise);
				await promise;
				pool.clear();
				return refs;
			};
			const refs = await use();
			assert.equal(refs.length, 2);
			await expectCollected(refs);
			assert.equal(results.length, 1);
		});

		test("items of a lease that has ended, although somebody still has the lease", async () => {
			const pool = new Pool<Item>(options);
			const leases: Lease<Item | undefined>[] = [];
			const lend = (end: (lease: Lease<Item | undefined>) => void) => {
				const [ref] = fill(pool, 1);
				const lease = pool.lease();
				leases.push(lease);
				end(lease);
				pool.clear();
				return ref as WeakRef<Item>;
			};
			const refs = [lend((lease) => lease.release()), lend((lease) => lease.discard())];
			await expectCollected(refs);
			assert.equal(leases.length, 2);
		});
	});
}

describe("a pool whose hooks fail does not refer to", () => {
	test("items that it rejected", async () => {
		const pool = new Pool<Item>({ keep: () => false });
		await expectCollected(fill(pool));
		assert.equal(pool.stats().rejected, COUNT);
	});

	for (const hook of ["reset", "keep", "dispose"] as const) {
		test(`items whose ${hook} threw`, async () => {
			const pool = new Pool<Item>({
				keep: () => false,
				[hook]() {
					throw new Error(hook);
				},
			});
			const putInVain = () => {
				const item = makeItem();
				assert.throws(() => pool.put(item));
				return new WeakRef(item);
			};
			await expectCollected([putInVain(), putInVain()]);
			assert.equal(pool.stats().rejected, 2);
		});
	}
});

describe("the library", () => {
	test("frees victims without dispose in the second collection itself, before anybody noticed it", async () => {
		const pool = new Pool<Item>();
		const refs = fill(pool);
		await majorGC();
		assert.equal(alive(refs), COUNT);
		await majorGC();
		assert.equal(alive(refs), 0);
		assert.equal(pool.stats().evicted, COUNT);
	});

	test("frees victims with dispose in the third collection, as the hook needs them after the second", async () => {
		let disposed = 0;
		const pool = new Pool<Item>({ dispose: () => void disposed++ });
		const refs = fill(pool);
		await majorGC();
		await majorGC();
		assert.equal(disposed, COUNT);
		await majorGC();
		assert.equal(alive(refs), 0);
	});

	test("keeps no unreachable pool beyond two ticks, nor what it holds", async () => {
		const drop = (options: PoolOptions<Item>) => {
			const pool = new Pool<Item>(options);
			const refs = fill(pool, 10);
			pool.get();
			return [new WeakRef<object>(pool), ...refs];
		};
		const refs = [...Object.values(kinds), { keep: () => false }].flatMap(drop);
		await majorGC();
		await majorGC();
		await majorGC();
		assert.equal(alive(refs), 0);
	});

	test("keeps no pool that nobody used", async () => {
		const drop = () => new WeakRef<object>(new Pool<Item>({ name: "unused" }));
		await expectCollected([drop(), drop()]);
	});

	test("does not dispose of what an unreachable pool held when the pool is collected before it aged", async () => {
		let disposed = 0;
		const drop = () => {
			const pool = new Pool<Item>({ dispose: () => void disposed++ });
			pool.discard(makeItem());
			return new WeakRef<object>(pool);
		};
		await expectCollected([drop()]);
		assert.equal(disposed, 1);
	});
});
