import { assert } from "chai";
import { Pool, poolCleanup } from "ebbpool";
import { expectCode, expectEquations, thrownBy } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";

interface Item {
	readonly id: number;
}

function recording() {
	const reset: Item[] = [];
	const disposed: Item[] = [];
	let made = 0;
	const pool = new Pool<Item>({
		new: () => ({ id: made++ }),
		reset: (item) => void reset.push(item),
		dispose: (item) => void disposed.push(item),
		stats: true,
	});
	return { pool, reset, disposed };
}

export const leases: Suite = {
	name: "lease",
	cases: [
		{
			name: "`using` puts the item back at the end of the block",
			run() {
				const { pool, reset } = recording();
				{
					using lease = pool.lease();
					assert.deepEqual(lease.item, { id: 0 });
					assert.lengthOf(reset, 0);
					assert.strictEqual(pool.stats().local, 0);
				}
				assert.lengthOf(reset, 1);
				assert.strictEqual(pool.stats().local, 1);
				assert.deepEqual(pool.get(), { id: 0 });
				expectEquations(pool.stats(), true);
			},
		},
		{
			name: "`using` puts the item back when the block throws",
			run() {
				const { pool } = recording();
				const failure = new Error("in the block");
				const block = () => {
					using lease = pool.lease();
					assert.isDefined(lease.item);
					throw failure;
				};
				assert.strictEqual(thrownBy(block), failure);
				assert.strictEqual(pool.stats().local, 1);
			},
		},
		{
			name: "two leases have two items, and each puts its own back",
			run() {
				const { pool } = recording();
				const [one, other] = [pool.lease(), pool.lease()];
				assert.deepEqual([one.item, other.item], [{ id: 0 }, { id: 1 }]);
				other.release();
				assert.deepEqual(one.item, { id: 0 });
				assert.deepEqual(pool.get(), { id: 1 });
				one.release();
				assert.deepEqual(pool.get(), { id: 0 });
			},
		},
		{
			name: "goes back once, however often and in whichever ways it is ended",
			run() {
				const { pool, disposed } = recording();
				const lease = pool.lease();
				lease.release();
				lease.release();
				lease[Symbol.dispose]();
				lease.discard();
				lease[Symbol.dispose]();
				assert.deepInclude(pool.stats(), { puts: 1, local: 1, discarded: 0 });
				const item = pool.get();
				lease.release();
				lease.discard();
				assert.deepInclude(pool.stats(), { puts: 1, local: 0, discarded: 0 });
				assert.deepEqual(item, { id: 0 });
				assert.lengthOf(disposed, 0);
			},
		},
		{
			name: "a lease released inside its `using` block is not put back again at the end",
			run() {
				const { pool } = recording();
				{
					using lease = pool.lease();
					lease.release();
				}
				assert.deepInclude(pool.stats(), { puts: 1, local: 1 });
			},
		},
		{
			name: "the item of an ended lease is ERR_POOL_RELEASED",
			run() {
				const { pool } = recording();
				const [released, discarded, disposed] = [pool.lease(), pool.lease(), pool.lease()];
				released.release();
				discarded.discard();
				disposed[Symbol.dispose]();
				for (const lease of [released, discarded, disposed])
					expectCode("ERR_POOL_RELEASED", () => lease.item);
			},
		},
		{
			name: "discard disposes of the item instead of putting it back",
			run() {
				const { pool, reset, disposed } = recording();
				{
					using lease = pool.lease();
					lease.discard();
				}
				assert.deepEqual(disposed, [{ id: 0 }]);
				assert.lengthOf(reset, 0);
				assert.deepInclude(pool.stats(), { puts: 0, local: 0, discarded: 1, disposed: 1 });
			},
		},
		{
			name: "without `new` a lease from an empty pool holds undefined, and puts nothing back",
			run() {
				const pool = new Pool<Item>({ stats: true });
				{
					using lease = pool.lease();
					assert.strictEqual(lease.item, undefined);
				}
				pool.lease().discard();
				assert.deepInclude(pool.stats(), { gets: 2, misses: 2, puts: 0, local: 0, discarded: 0 });
			},
		},
		{
			name: "falsy items are leased and go back like others",
			run() {
				const pool = new Pool<number | string>({ stats: true });
				for (const value of [0, ""]) {
					pool.put(value);
					const lease = pool.lease();
					assert.strictEqual(lease.item, value);
					lease.release();
					expectCode("ERR_POOL_RELEASED", () => lease.item);
					assert.strictEqual(pool.get(), value);
				}
			},
		},
		{
			name: "a lease outlives collections: its item is not aged",
			run() {
				const { pool, disposed } = recording();
				const lease = pool.lease();
				for (let i = 0; i < 5; i++) poolCleanup();
				assert.deepEqual(lease.item, { id: 0 });
				lease.release();
				assert.lengthOf(disposed, 0);
				assert.strictEqual(pool.stats().local, 1);
			},
		},
		{
			name: "an error of reset reaches whoever ends the lease, which has ended all the same",
			run() {
				const failure = new Error("reset");
				const disposed: Item[] = [];
				const pool = new Pool<Item>({
					new: () => ({ id: 0 }),
					reset() {
						throw failure;
					},
					dispose: (item) => void disposed.push(item),
				});
				const lease = pool.lease();
				assert.strictEqual(
					thrownBy(() => lease.release()),
					failure,
				);
				expectCode("ERR_POOL_RELEASED", () => lease.item);
				lease.release();
				lease[Symbol.dispose]();
				assert.lengthOf(disposed, 1);
			},
		},
		{
			name: "a hook that ends the lease once more while it ends puts nothing twice",
			run() {
				const pool: Pool<Item> = new Pool<Item>({
					new: () => ({ id: 0 }),
					reset: () => lease.release(),
					stats: true,
				});
				const lease = pool.lease();
				lease.release();
				assert.deepInclude(pool.stats(), { puts: 1, local: 1 });
			},
		},
	],
};
