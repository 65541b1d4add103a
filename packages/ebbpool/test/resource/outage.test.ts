import { test } from "node:test";
import { assert } from "chai";
import type { ResourceLease, ResourcePool, ResourcePoolOptions } from "ebbpool/resource";
import { DIST, loadPool } from "./simulation/load-pool.ts";
import { Random } from "./simulation/random.ts";
import { VirtualTime } from "./simulation/virtual-time.ts";

interface Connection {
	readonly retire: () => void;
}

type PoolInTime = new (
	options: ResourcePoolOptions<Connection>,
	time: VirtualTime,
) => ResourcePool<Connection>;

for (const attemptTakes of [0, 1, 40]) {
	test(`1,000 callers wait while the server is away for 5 s: all are served within 2 s after, attempts of ${attemptTakes} ms one at a time`, async () => {
		const Pool = (await loadPool(DIST)) as unknown as PoolInTime;
		const time = new VirtualTime(new Random(1));
		let away = false;
		let [underWay, most, attempts] = [0, 0, 0];
		const connections: Connection[] = [];
		const pool = new Pool(
			{
				max: 10,
				retryCreate: true,
				create: async ({ retire }) => {
					if (away) {
						attempts++;
						most = Math.max(most, ++underWay);
					}
					const wasAway = away;
					await time.sleep(attemptTakes);
					if (wasAway) underWay--;
					if (away || wasAway) throw new Error("connection refused");
					const connection = { retire };
					connections.push(connection);
					return connection;
				},
			},
			time,
		);
		const first = Array.from({ length: 10 }, () => pool.acquire());
		const leases: ResourceLease<Connection>[] = [];
		for (const each of first) each.then((lease) => leases.push(lease));
		await time.run(100, () => {});
		assert.lengthOf(leases, 10);

		let served = 0;
		const work = async () => {
			const lease = await pool.acquire();
			await time.sleep(2);
			served++;
			await lease.release();
		};
		const failures: unknown[] = [];
		for (let i = 0; i < 1_000; i++) work().catch((error) => void failures.push(error));
		away = true;
		for (const { retire } of connections) retire();
		for (const lease of leases) void lease.release();
		await time.run(100 + 5_000, () => {});
		assert.strictEqual(served, 0);
		assert.isAbove(attempts, 3);
		away = false;
		await time.run(100 + 7_000, () => {});
		assert.strictEqual(served, 1_000);
		assert.deepEqual(failures, []);
		assert.strictEqual(most, 1, "attempts at a time");
		assert.deepInclude(pool.stats(), { waiting: 0, inUse: 0 });
	});
}
