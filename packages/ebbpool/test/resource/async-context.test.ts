import { AsyncLocalStorage } from "node:async_hooks";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { assert } from "chai";
import { ResourcePool } from "ebbpool/resource";
import { majorGC } from "../support/major-gc.ts";

const storage = new AsyncLocalStorage<object>();

test("hooks and listeners see the store of no caller, and callers see their own", async () => {
	const seen: Record<string, unknown> = {};
	const see = (what: string) => {
		seen[what] = storage.getStore();
	};
	const pool = new ResourcePool({
		max: 1,
		create: async ({ retire }) => {
			see("create");
			await sleep(1);
			see("create, later");
			return { retire };
		},
		validate: async () => {
			see("validate");
			return true;
		},
		reset: () => see("reset"),
		destroy: async () => see("destroy"),
	});
	for (const event of ["open", "acquire", "release", "close", "error"] as const)
		pool.on(event, () => see(event));
	const request = (name: string) =>
		storage.run({ name }, async () => {
			await pool.use(async () => {
				assert.deepEqual(storage.getStore(), { name });
				await sleep(1);
			});
			assert.deepEqual(storage.getStore(), { name });
		});
	await Promise.all([request("a"), request("b")]);
	await request("c");
	await storage.run({ name: "d" }, async () => {
		const lease = await pool.acquire();
		lease.item.retire(new Error("broke"));
		await lease.discard();
	});
	assert.sameMembers(Object.keys(seen), [
		"create",
		"create, later",
		"validate",
		"reset",
		"destroy",
		"open",
		"acquire",
		"release",
		"close",
		"error",
	]);
	for (const [what, store] of Object.entries(seen)) assert.isUndefined(store, what);
});

const begun: Readonly<Record<string, (pool: ResourcePool<object>) => unknown>> = {
	"acquired first": (pool) => pool.use(() => {}),
	"made a wait": async (pool) => {
		const leases = [await pool.acquire(), await pool.acquire()];
		const waiting = pool.acquire();
		for (const lease of leases) await lease.release();
		await (await waiting).release();
	},
	listened: (pool) => pool.on("close", () => {}),
	drained: (pool) => pool.drain(),
	cleared: (pool) => pool.clear(),
};

for (const [what, begin] of Object.entries(begun)) {
	test(`the store of a request that ${what} is collected while the pool lives`, async () => {
		const pool = new ResourcePool<object>({
			create: async () => ({}),
			max: 2,
			leaseTimeout: 60_000,
			releaseOnGC: true,
		});
		const reference = await (async () => {
			const store = { request: what };
			await storage.run(store, () => begin(pool));
			return new WeakRef(store);
		})();
		for (let i = 0; i < 50 && reference.deref() !== undefined; i++) {
			await sleep(2);
			await majorGC();
		}
		assert.isUndefined(reference.deref());
		assert.isFalse(pool.stats().open > 2);
	});
}
