import { assert } from "chai";
import { ResourcePool } from "ebbpool/resource";
import { hasSockets, stall, withInput } from "../support/input.ts";
import type { Case, Suite } from "../support/kit.ts";

/** How long the event loop is busy, in milliseconds, where a limit is 50. */
const BUSY = [56, 200];

const cases: readonly Case[] = [
	{
		name: "a resource that was connected while the event loop was busy was created in time",
		run: () =>
			withInput(async (bring) => {
				for (const busy of BUSY) {
					const { read } = await bring();
					const pool = new ResourcePool({ create: () => read, createTimeout: 50 });
					const created = pool.acquire();
					stall(busy);
					await (await created).release();
				}
			}),
	},
	...(["validate", "reset"] as const).map((hook) => ({
		name: `what was answered to ${hook} while the event loop was busy was answered in time`,
		run: () =>
			withInput(async (bring) => {
				for (const busy of BUSY) {
					let answer = async () => true;
					const pool = new ResourcePool({
						create: () => ({}),
						[hook]: () => answer(),
						[`${hook}Timeout`]: 50,
					});
					await pool.use(() => {});
					const lease = hook === "reset" ? await pool.acquire() : undefined;
					const { read } = await bring();
					answer = () => read.then(() => true);
					const over = lease?.release() ?? pool.acquire();
					stall(busy);
					await over;
					const { opened, closed } = pool.stats();
					assert.deepInclude({ opened, ...closed }, { opened: 1, invalid: 0, reset: 0 });
				}
			}),
	})),
	{
		name: "who waits gets what somebody gives back who was answered while the event loop was busy",
		run: () =>
			withInput(async (bring) => {
				for (const busy of BUSY) {
					const pool = new ResourcePool({ create: () => ({}), max: 1, acquireTimeout: 50 });
					const lease = await pool.acquire();
					const { read } = await bring();
					const work = read.then(() => lease.release());
					const next = pool.acquire();
					stall(busy);
					await (await next).release();
					await work;
				}
			}),
	},
	{
		name: "a lease that ends with what came while the event loop was busy is no leak",
		run: () =>
			withInput(async (bring) => {
				for (const busy of BUSY) {
					const pool = new ResourcePool({ create: () => ({}), leaseTimeout: 50 });
					const { read } = await bring();
					const lease = await pool.acquire();
					const work = read.then(() => lease.release());
					stall(busy);
					await work;
					assert.strictEqual(pool.stats().leaks, 0);
				}
			}),
	},
];

export const resourceStalls: Suite = {
	name: "ResourcePool: a busy event loop",
	cases: hasSockets ? cases : [],
};
