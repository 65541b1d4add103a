import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { assert } from "chai";
import { type ResourceLease, ResourcePool, type ResourcePoolOptions } from "ebbpool/resource";

interface Scene {
	readonly pool: ResourcePool<object>;
	readonly retire: () => void;
	readonly lease: ResourceLease<object>;
}

const scenarios: Readonly<
	Record<
		string,
		{
			readonly options?: Partial<ResourcePoolOptions<object>>;
			readonly before?: "idle" | "waiting" | "two waiting";
			attempt(scene: Scene): unknown;
		}
	>
> = {
	"acquires what is idle": { before: "idle", attempt: ({ pool }) => pool.acquire() },
	"acquires with options": { before: "idle", attempt: ({ pool }) => pool.acquire({ timeout: 50 }) },
	"acquires what is validated": {
		options: { validate: () => true },
		before: "idle",
		attempt: ({ pool }) => pool.acquire(),
	},
	waits: { attempt: ({ pool }) => pool.acquire({ timeout: 50 }) },
	releases: { attempt: ({ lease }) => lease.release() },
	"releases to somebody who waits": { before: "waiting", attempt: ({ lease }) => lease.release() },
	"waits behind another one": { before: "waiting", attempt: ({ pool }) => pool.acquire() },
	"releases to the first of two who wait": { before: "two waiting", attempt: ({ lease }) => lease.release() },
	"releases with a reset": { options: { reset: () => {} }, attempt: ({ lease }) => lease.release() },
	"releases with a reset that fails": {
		options: {
			reset: () => {
				throw new Error("it was to fail");
			},
		},
		attempt: ({ lease }) => lease.release(),
	},
	discards: { attempt: ({ lease }) => lease.discard() },
	"retires what is idle": { before: "idle", attempt: ({ retire }) => retire() },
};

const LEVELS = 600;

/** Calls `attempt` where the stack ends, and again a frame farther from its end, and so on. */
function nearEnd(attempt: () => void): void {
	let left = LEVELS;
	const descend = (depth: number): void => {
		try {
			descend(depth + 1);
		} catch {
			// There is no room any more.
		}
		if (left-- <= 0) return;
		try {
			attempt();
		} catch {
			// As the stack ended there.
		}
	};
	descend(0);
}

describe("at whatever depth of the stack somebody calls a pool that goes on afterwards", () => {
	for (const [what, { options, before, attempt }] of Object.entries(scenarios)) {
		test(`when it ${what}`, async () => {
			const scenes: Scene[] = [];
			const found: Promise<unknown>[] = [];
			const keep = (promise: Promise<ResourceLease<object>>) =>
				found.push(promise.then((lease) => lease.release()).catch(() => {}));
			for (let i = 0; i < LEVELS; i++) {
				let retire = () => {};
				const pool = new ResourcePool<object>({
					create: (context) => {
						retire = context.retire;
						return {};
					},
					destroy: () => {},
					max: 1,
					acquireTimeout: 10_000,
					...options,
				});
				pool.on("error", () => {});
				const lease = await pool.acquire();
				if (before === "idle") await lease.release();
				if (before === "waiting" || before === "two waiting") keep(pool.acquire());
				if (before === "two waiting") keep(pool.acquire());
				scenes.push({ pool, retire: () => retire(), lease });
			}
			let next = 0;
			nearEnd(() => {
				const result = attempt(scenes[next++] as Scene);
				if (result instanceof Promise) {
					keep(result.then((lease) => (lease as ResourceLease<object> | undefined) ?? Promise.reject()));
				}
			});
			await sleep(60);
			await Promise.all(scenes.map(({ lease }) => lease.release()));
			await Promise.all(found);
			for (const { pool } of scenes) {
				await pool.use(() => {});
				assert.deepInclude(pool.stats(), { inUse: 0, waiting: 0, checking: 0, resetting: 0, closing: 0 });
			}
		});
	}
});
