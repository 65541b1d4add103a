import { assert } from "chai";
import { type AcquireOptions, ResourcePool, type ResourcePoolOptions } from "ebbpool/resource";
import { expectCode, expectPoolError, rejectionOf } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";
import { deferred, settle, sleep, things, until } from "../support/things.ts";

export const resourceAcquire: Suite = {
	name: "ResourcePool: acquire and release",
	cases: [
		{
			name: "opens on demand, up to max, and lends what was given back",
			async run() {
				const { pool, created } = things({ max: 2 });
				assert.lengthOf(created, 0);
				const first = await pool.acquire();
				const second = await pool.acquire();
				assert.notStrictEqual(first.item, second.item);
				const third = pool.acquire();
				await settle();
				assert.lengthOf(created, 2);
				const { item } = first;
				await first.release();
				assert.strictEqual((await third).item, item);
			},
		},
		{
			name: "lifo lends what was used last, fifo what is idle for longest",
			async run() {
				for (const [order, expected] of [
					["lifo", 2],
					["fifo", 0],
				] as const) {
					const { pool } = things({ order });
					const leases = await Promise.all([pool.acquire(), pool.acquire(), pool.acquire()]);
					for (const lease of leases) await lease.release();
					assert.strictEqual((await pool.acquire()).item.id, expected);
				}
			},
		},
		{
			name: "serves those who wait in the order in which they came",
			async run() {
				const { pool } = things({ max: 1 });
				const lease = await pool.acquire();
				const served: number[] = [];
				const waiters = Array.from({ length: 100 }, async (_, i) => {
					const mine = await pool.acquire();
					served.push(i);
					await mine.release();
				});
				await lease.release();
				await Promise.all(waiters);
				assert.deepEqual(
					served,
					Array.from({ length: 100 }, (_, i) => i),
				);
			},
		},
		{
			name: "a long line keeps its order while every second one gives up or times out, and is served again and again",
			async run() {
				const { pool } = things({ max: 1, maxWaiting: Number.POSITIVE_INFINITY });
				const reason = new Error("enough");
				const served: number[] = [];
				const expected: number[] = [];
				let [timedOut, aborted] = [0, 0];
				for (let round = 0; round < 3; round++) {
					const lease = await pool.acquire();
					const controller = new AbortController();
					const line: Promise<void>[] = [];
					const join = (id: number, options?: AcquireOptions) =>
						line.push(
							pool.acquire(options).then(
								(mine) => {
									served.push(id);
									return mine.release();
								},
								(error) => {
									if (error === reason) aborted++;
									else if (expectPoolError(error, "ERR_POOL_TIMEOUT")) timedOut++;
								},
							),
						);
					for (let id = round * 10_000; id < round * 10_000 + 4_000; id += 4) {
						join(id, { timeout: 60_000 - id });
						join(id + 1, { timeout: 1 + (id % 20) });
						join(id + 2);
						join(id + 3, { signal: controller.signal });
						expected.push(id, id + 2);
					}
					controller.abort(reason);
					await until(() => pool.stats().waiting === 2_000);
					await lease.release();
					await Promise.all(line);
				}
				assert.deepEqual(served, expected);
				assert.deepEqual([timedOut, aborted], [3_000, 3_000]);
				assert.deepInclude(pool.stats().rejected, { timeout: 3_000, aborted: 3_000 });
			},
		},
		{
			name: "a wait ends at its deadline, which says how the pool stands; the next resource goes to the next waiter",
			async run() {
				const { pool } = things({ max: 1, acquireTimeout: 20, name: "db" });
				const lease = await pool.acquire();
				const patient = pool.acquire({ timeout: 10_000 });
				const error = expectPoolError(await rejectionOf(pool.acquire()), "ERR_POOL_TIMEOUT");
				assert.match(error.message, /within 20 ms; db: 1 of 1 open .*1 in use.*, 2 waiting/);
				const { item } = lease;
				await lease.release();
				assert.strictEqual((await patient).item, item);
				assert.deepInclude(pool.stats(), { waiting: 0, inUse: 1 });
			},
		},
		{
			name: "an aborted wait rejects with the signal's reason, and takes nothing with it",
			async run() {
				const { pool } = things({ max: 1 });
				const lease = await pool.acquire();
				const controller = new AbortController();
				const { signal } = controller;
				const reason = new Error("enough");
				const waiting = [pool.acquire({ signal }), pool.acquire({ signal }), pool.acquire()];
				controller.abort(reason);
				void lease.release();
				assert.strictEqual(await rejectionOf(waiting[0] as Promise<unknown>), reason);
				assert.strictEqual(await rejectionOf(waiting[1] as Promise<unknown>), reason);
				await (await waiting[2])?.release();
				assert.strictEqual(await rejectionOf(pool.acquire({ signal })), reason);
				assert.deepInclude(pool.stats(), { open: 1, idle: 1, waiting: 0 });
			},
		},
		{
			name: "adds one listener to a signal, however many wait under it, and removes it",
			async run() {
				const { pool } = things({ max: 1 });
				const { signal } = new AbortController();
				let listeners = 0;
				const [add, remove] = [signal.addEventListener, signal.removeEventListener];
				signal.addEventListener = (...args: Parameters<typeof add>) => {
					listeners++;
					add.apply(signal, args);
				};
				signal.removeEventListener = (...args: Parameters<typeof remove>) => {
					listeners--;
					remove.apply(signal, args);
				};
				const lease = await pool.acquire({ signal });
				assert.strictEqual(listeners, 0);
				const waiting = Array.from({ length: 20 }, async () => (await pool.acquire({ signal })).release());
				assert.strictEqual(listeners, 1);
				await lease.release();
				await Promise.all(waiting);
				assert.strictEqual(listeners, 0);
			},
		},
		{
			name: "one waiter more than maxWaiting is rejected at once; those whose resource is on its way do not count",
			async run() {
				const { pool } = things({ max: 2, maxWaiting: 1 });
				const opening = [pool.acquire(), pool.acquire()];
				const waiting = pool.acquire();
				expectPoolError(await rejectionOf(pool.acquire()), "ERR_POOL_QUEUE_FULL");
				for (const each of opening) await (await each).release();
				await waiting;
				assert.strictEqual(pool.stats().rejected.queueFull, 1);
			},
		},
		{
			name: "a second release or discard does nothing, whoever has the resource now",
			async run() {
				const { pool, destroyed } = things({ max: 1 });
				const first = await pool.acquire();
				await first.release();
				const second = await pool.acquire();
				await first.release();
				await first.discard();
				assert.strictEqual(pool.stats().inUse, 1);
				assert.strictEqual(second.item.id, 0);
				assert.lengthOf(destroyed, 0);
				expectCode("ERR_POOL_RELEASED", () => first.item);
			},
		},
		{
			name: "`await using` gives back at the end of the block, also when it throws",
			async run() {
				const { pool } = things();
				const failure = new Error("work");
				const working = (async () => {
					await using lease = await pool.acquire();
					assert.strictEqual(lease.item.id, 0);
					throw failure;
				})();
				assert.strictEqual(await rejectionOf(working), failure);
				assert.deepInclude(pool.stats(), { inUse: 0, idle: 1 });
			},
		},
		{
			name: "use gives back after success, a throw and a rejection, and passes on the result",
			async run() {
				const { pool } = things({ max: 1 });
				assert.strictEqual(await pool.use(({ id }) => id + 1), 1);
				const failure = new Error("work");
				const thrown = pool.use(() => {
					throw failure;
				});
				assert.strictEqual(await rejectionOf(thrown), failure);
				assert.strictEqual(await rejectionOf(pool.use(() => Promise.reject(failure))), failure);
				assert.deepInclude(pool.stats(), { idle: 1, acquired: 3 });
			},
		},
		{
			name: "discard destroys, and opens another for whoever waits",
			async run() {
				const { pool, destroyed } = things({ max: 1 });
				const lease = await pool.acquire();
				const waiting = pool.acquire();
				await lease.discard();
				assert.deepEqual(destroyed, [0]);
				assert.strictEqual((await waiting).item.id, 1);
				assert.strictEqual(pool.stats().closed.discarded, 1);
			},
		},
		{
			name: "counts the leases that waited, and for how long",
			async run() {
				const { pool } = things({ max: 1 });
				const lease = await pool.acquire();
				const waiting = pool.acquire();
				await sleep(20);
				await lease.release();
				await waiting;
				const { acquired, waited, waitTime } = pool.stats();
				assert.deepEqual([acquired, waited], [2, 2]);
				assert.isAtLeast(waitTime, 15);
			},
		},
		{
			name: "what a hook or listener does to the pool meanwhile loses nothing",
			async run() {
				const opened = deferred<void>();
				const { pool } = things({
					max: 2,
					destroy: async () => {
						await (await pool.acquire()).release();
					},
				});
				pool.on("open", () => opened.resolve());
				pool.on("close", () => void pool.acquire().then((lease) => lease.release()));
				await (await pool.acquire()).discard();
				await opened.promise;
				await settle();
				assert.deepInclude(pool.stats(), { inUse: 0, waiting: 0, open: 1, idle: 1 });
			},
		},
		{
			name: "counts whoever is rejected by cause, newcomers included",
			async run() {
				const { pool } = things({ max: 1, maxWaiting: 0 });
				await pool.use(() => rejectionOf(pool.acquire()));
				await rejectionOf(pool.acquire({ signal: AbortSignal.abort() }));
				await pool.drain();
				await rejectionOf(pool.acquire());
				assert.deepInclude(pool.stats().rejected, { queueFull: 1, aborted: 1, drained: 1, timeout: 0 });
			},
		},
		{
			name: "refuses unknown options, wrong types and numbers out of range",
			async run() {
				const create = async () => ({});
				const wrong: object[] = [
					{},
					{ create: 1 },
					{ create, max: 0 },
					{ create, max: 1.5 },
					{ create, max: 2, min: 3 },
					{ create, acquireTimeout: 0 },
					{ create, idleTimeout: -1 },
					{ create, maxLifetime: Number.NaN },
					{ create, order: "random" },
					{ create, maximum: 3 },
					{ create, releaseOnGC: 1 },
				];
				for (const options of wrong) {
					expectCode("ERR_POOL_OPTION", () => new ResourcePool(options as ResourcePoolOptions<object>));
				}
				const { pool } = things();
				const half = { aborted: false, addEventListener() {} };
				for (const options of [{ timeout: -1 }, { signal: {} }, { signal: half }, { wait: 1 }] as object[]) {
					expectPoolError(await rejectionOf(pool.acquire(options)), "ERR_POOL_OPTION");
				}
				expectPoolError(await rejectionOf(pool.drain({ timeout: "soon" } as object)), "ERR_POOL_OPTION");
				assert.strictEqual((await pool.acquire()).item.id, 0);
			},
		},
	],
};
