import { assert } from "chai";
import type { LeakReport } from "ebbpool/resource";
import { collected, withCollections } from "../support/collections.ts";
import type { Case, Suite } from "../support/kit.ts";
import { sleep, type Thing, things, until } from "../support/things.ts";

/** Opens so many and gives them back. */
async function open(pool: ReturnType<typeof things>["pool"], count: number): Promise<void> {
	const leases = await Promise.all(Array.from({ length: count }, () => pool.acquire()));
	for (const lease of leases) await lease.release();
}

export const resourceLifetimes: Suite = {
	name: "ResourcePool: how long resources live",
	cases: [
		{
			name: "idle resources above min are closed, those that are idle for longest first",
			async run() {
				const { pool, destroyed } = things({ min: 1, idleTimeout: 200 });
				const start = performance.now();
				await open(pool, 3);
				await until(() => destroyed.length === 2);
				assert.isAtLeast(performance.now() - start, 198);
				assert.deepEqual(destroyed, [0, 1]);
				assert.deepInclude(pool.stats(), { open: 1, idle: 1 });
				assert.strictEqual(pool.stats().closed.idle, 2);
			},
		},
		{
			name: "a resource in steady use is not idle",
			async run() {
				const { pool, destroyed } = things({ idleTimeout: 600 });
				let [lastUse, longestBreak] = [performance.now(), 0];
				for (const until = lastUse + 900; lastUse < until; await sleep(10)) {
					await open(pool, 1);
					longestBreak = Math.max(longestBreak, performance.now() - lastUse);
					lastUse = performance.now();
				}
				// Where the machine itself paused for as long, it was idle indeed.
				if (longestBreak < 500) assert.lengthOf(destroyed, 0);
			},
		},
		{
			name: "at the end of its lifetime an idle one is closed, and one in use when it is given back",
			async run() {
				const { pool, destroyed } = things({ maxLifetime: 30, max: 2 });
				const lease = await pool.acquire();
				await (await pool.acquire()).release();
				await until(() => destroyed.length > 0);
				await sleep(200);
				assert.deepEqual(destroyed, [1]);
				await lease.release();
				assert.deepEqual(destroyed, [1, 0]);
				assert.strictEqual(pool.stats().closed.lifetime, 2);
			},
		},
		{
			name: "a resource that is used up is closed without being reset for the next",
			async run() {
				const reset: number[] = [];
				const { pool, destroyed } = things({ maxUses: 2, reset: ({ id }: Thing) => void reset.push(id) });
				await open(pool, 1);
				await open(pool, 1);
				assert.deepEqual(reset, [0]);
				assert.deepEqual(destroyed, [0]);
			},
		},
		{
			name: "a resource is closed after maxUses leases",
			async run() {
				const { pool, destroyed } = things({ maxUses: 3 });
				for (let i = 0; i < 7; i++) await open(pool, 1);
				assert.deepEqual(destroyed, [0, 1]);
				assert.strictEqual(pool.stats().closed.uses, 2);
			},
		},
		{
			name: "a resource that goes from one who waits to the next is closed after maxUses leases too",
			async run() {
				const { pool, destroyed } = things({ max: 1, maxUses: 3 });
				const users = Array.from({ length: 9 }, () => pool.use(({ id }) => id));
				assert.deepEqual(await Promise.all(users), [0, 0, 0, 1, 1, 1, 2, 2, 2]);
				assert.deepEqual(destroyed, [0, 1, 2]);
			},
		},
		{
			name: "a lease that lasts too long is reported once, with the stack of its acquire, and stays with its user",
			async run() {
				const { pool } = things({ max: 1, leaseTimeout: 10 });
				const reports: LeakReport<Thing>[] = [];
				pool.on("leak", (report) => void reports.push(report));
				async function theLeakingCaller() {
					return await pool.acquire();
				}
				const lease = await theLeakingCaller();
				await until(() => reports.length > 0);
				await sleep(20);
				assert.lengthOf(reports, 1);
				assert.strictEqual(reports[0]?.item, lease.item);
				assert.isAtLeast(reports[0]?.heldFor ?? 0, 9);
				assert.include(reports[0]?.acquired.stack ?? "", "theLeakingCaller");
				await lease.release();
				await (await pool.acquire()).release();
				await sleep(30);
				assert.lengthOf(reports, 1);
				assert.strictEqual(pool.stats().leaks, 1);
			},
		},
		{
			name: "unless told otherwise, idle ones sit through any number of major collections",
			needs: "gc",
			run: (kit) =>
				withCollections(kit, async (collect) => {
					const { pool } = things();
					await open(pool, 2);
					for (let i = 0; i < 3; i++) await collect();
					assert.deepInclude(pool.stats(), { open: 2, idle: 2 });
				}),
		},
		...["", ", also where one is used in between"].map(
			(used): Case => ({
				name: `with releaseOnGC, idle ones above min that sat through two major collections are closed${used}`,
				needs: "gc",
				run: (kit) =>
					withCollections(kit, async (collect) => {
						const { pool } = things({ min: 1, releaseOnGC: true });
						await open(pool, 3);
						await collect();
						assert.strictEqual(pool.stats().open, 3);
						if (used) await (await pool.acquire()).release();
						await collect();
						await sleep(1);
						assert.deepInclude(pool.stats(), { open: 1, idle: 1 });
						assert.strictEqual(pool.stats().closed.memory, 2);
						await collect();
						await collect();
						assert.strictEqual(pool.stats().open, 1);
					}),
			}),
		),
		{
			name: "a lease that was handed over to who waited is watched as any other",
			async run() {
				const { pool } = things({ max: 1, leaseTimeout: 10 });
				let leaks = 0;
				pool.on("leak", () => void leaks++);
				const first = await pool.acquire();
				const next = pool.acquire();
				await first.release();
				const lease = await next;
				const before = leaks;
				await until(() => leaks > before);
				await lease.release();
			},
		},
		{
			name: "who keeps a lease that has ended does not keep a resource that was closed",
			needs: "gc",
			run: (kit) =>
				withCollections(kit, async (collect) => {
					const { pool, created } = things({ max: 10, maxUses: 1 });
					const leases = await Promise.all(Array.from({ length: 10 }, () => pool.acquire()));
					const refs = leases.map((lease) => new WeakRef(lease.item));
					for (const lease of leases) await lease.release();
					created.length = 0;
					await collect();
					await collect();
					assert.isAtLeast(collected(refs), refs.length - 1);
					assert.lengthOf(leases, 10);
				}),
		},
	],
};
