import { assert } from "chai";
import { PoolError, type ResourceLease, ResourcePool, type ResourcePoolOptions } from "ebbpool/resource";
import { expectCode, expectPoolError, rejectionOf } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";
import { deferred, settle, sleep, type Thing, things, until } from "../support/things.ts";

export const resourceInterface: Suite = {
	name: "ResourcePool: events, limits and what else it offers",
	cases: [
		{
			name: "tells of each lease when it begins and ends, with the time it waited and lasted",
			async run() {
				const { pool } = things({ max: 1 });
				const log: string[] = [];
				const ends = [
					pool.on("open", (_, took) => log.push(`open ${took >= 0}`)),
					pool.on("acquire", ({ id }, waited) => log.push(`acquire ${id} ${waited >= 0}`)),
					pool.on("release", ({ id }, held) => log.push(`release ${id} ${(held ?? -1) >= 0}`)),
				];
				const lease = await pool.acquire();
				const waiting = pool.acquire();
				await lease.release();
				await lease.release();
				const second = await waiting;
				for (const end of ends) end();
				await second.release();
				assert.deepEqual(log, ["open true", "acquire 0 true", "release 0 true", "acquire 0 true"]);
			},
		},
		{
			name: "a lease that began before anybody listened ends with an unknown time",
			async run() {
				const { pool } = things();
				await (await pool.acquire()).release();
				const lease = await pool.acquire();
				const held: unknown[] = [];
				pool.on("release", (_, time) => held.push(time));
				await lease.discard();
				assert.deepEqual(held, [undefined]);
			},
		},
		{
			name: "a lease that began while nobody listened ends with an unknown time, whoever had it before",
			async run() {
				for (const first of ["stop", "release"]) {
					const { pool } = things();
					const stop = pool.on("acquire", () => {});
					const heard = await pool.acquire();
					if (first === "stop") stop();
					await heard.release();
					stop();
					const unheard = await pool.acquire();
					const held: unknown[] = [];
					pool.on("release", (_, time) => held.push(time));
					await unheard.release();
					assert.deepEqual(held, [undefined]);
				}
			},
		},
		{
			name: "that nobody listens to leases any more does not touch the time that a creation takes",
			async run() {
				const created = deferred<Thing>();
				const { pool } = things({ create: () => created.promise });
				const took: number[] = [];
				pool.on("open", (_, time) => took.push(time));
				const stop = pool.on("acquire", () => {});
				const lease = pool.acquire();
				stop();
				created.resolve({ id: 0, retire() {} });
				await (await lease).release();
				assert.lengthOf(took, 1);
				assert.isAtLeast(Number(took[0]), 0);
			},
		},
		{
			name: "release and discard return a promise, whatever there is to do, also when the lease has ended",
			async run() {
				for (const waiting of [0, 1, 2]) {
					for (const options of [{}, { reset: () => {} }, { validate: () => true }]) {
						const { pool } = things({ max: 1, ...options });
						await (await pool.acquire()).release();
						const lease = await pool.acquire();
						const others = Array.from({ length: waiting }, () => pool.acquire());
						assert.instanceOf(lease.release(), Promise);
						assert.instanceOf(lease.release(), Promise);
						for (const other of others) assert.instanceOf((await other).discard(), Promise);
						assert.instanceOf(lease.discard(), Promise);
					}
				}
			},
		},
		{
			name: "once listens once, off ends what was begun last",
			async run() {
				const { pool } = things();
				let heard = 0;
				const listener = () => void heard++;
				pool.once("open", listener);
				await Promise.all([pool.use(() => settle()), pool.use(() => settle())]);
				assert.strictEqual(heard, 1);
				pool.on("close", listener);
				pool.on("close", listener);
				pool.off("close", listener);
				pool.off("close", () => {});
				await pool.drain();
				assert.strictEqual(heard, 3);
			},
		},
		{
			name: "refuses events that there are not, and says what those of others are called here",
			run() {
				const { pool } = things();
				for (const method of ["on", "once", "off"] as const) {
					const { message } = expectCode("ERR_POOL_ARGUMENT", () =>
						pool[method]("eror" as "error", () => {}),
					);
					assert.include(message, `${method}: event: expected "error" or "open"`);
					assert.include(message, 'got "eror"');
				}
				const { message } = expectCode("ERR_POOL_ARGUMENT", () => pool.on("connect" as "open", () => {}));
				assert.include(message, '"open" here');
				expectCode("ERR_POOL_ARGUMENT", () => pool.on("open", 5 as unknown as () => void));
			},
		},
		{
			name: "refuses a factory and options as two arguments, and says what to write instead",
			run() {
				const Pool = ResourcePool as unknown as new (...args: unknown[]) => unknown;
				const { message } = expectCode("ERR_POOL_OPTION", () => new Pool({ create: () => ({}) }, { max: 2 }));
				assert.include(message, "new ResourcePool({ create, destroy");
			},
		},
		{
			name: "lends what is idle at once, and nothing that must be validated, is not there or belongs to others",
			async run() {
				const { pool } = things({ max: 1 });
				assert.isUndefined(pool.tryAcquire());
				await (await pool.acquire()).release();
				const lease = pool.tryAcquire();
				assert.strictEqual(lease?.item.id, 0);
				assert.isUndefined(pool.tryAcquire());
				await lease?.release();
				await pool.drain();
				assert.isUndefined(pool.tryAcquire());

				const checked = things({ validate: () => true });
				await (await checked.pool.acquire()).release();
				assert.isUndefined(checked.pool.tryAcquire());
			},
		},
		{
			name: "serves by priority, and among equals who came first",
			async run() {
				const { pool } = things({ max: 1 });
				const lease = await pool.acquire();
				const served: string[] = [];
				const wait = (name: string, priority?: number) =>
					pool.acquire(priority === undefined ? undefined : { priority }).then((mine) => {
						served.push(name);
						return mine.release();
					});
				const all = [wait("late", 2), wait("a"), wait("middle", 1), wait("b", 0)];
				await lease.release();
				await Promise.all(all);
				assert.deepEqual(served, ["a", "b", "middle", "late"]);
				for (const priority of [-1, 100]) {
					expectPoolError(await rejectionOf(pool.acquire({ priority })), "ERR_POOL_OPTION");
				}
			},
		},
		{
			name: "counts a lease that is handed to who waits, and makes nothing before it is asked for",
			async run() {
				const { pool, created } = things({ min: 2, max: 2 });
				await sleep(20);
				assert.lengthOf(created, 0);
				const leases = await Promise.all([pool.acquire(), pool.acquire()]);
				const waiting = pool.acquire();
				await leases[0]?.release();
				await waiting;
				assert.deepInclude(pool.stats(), { acquired: 3, inUse: 2 });
			},
		},
		{
			name: "serves all of a long queue when one in the middle of it gave up",
			async run() {
				const { pool } = things({ max: 1, maxWaiting: 2_000 });
				const lease = await pool.acquire();
				const giving = new AbortController();
				const served: number[] = [];
				const wait = (at: number) =>
					pool.acquire(at === 1_000 ? { signal: giving.signal } : undefined).then(
						(mine) => {
							served.push(at);
							return mine.release();
						},
						() => {},
					);
				const all = Array.from({ length: 2_000 }, (_, at) => wait(at));
				giving.abort();
				await lease.release();
				await Promise.all(all);
				assert.deepEqual(
					served,
					all.map((_, at) => at).filter((at) => at !== 1_000),
				);
			},
		},
		{
			name: "warms up to min, tells a failure, and keeps warm only where told to",
			async run() {
				const { pool, created } = things({ min: 3, max: 5 });
				await pool.warmUp();
				assert.deepInclude(pool.stats(), { open: 3, idle: 3 });
				await pool.warmUp();
				assert.lengthOf(created, 3);
				await pool.clear();
				assert.strictEqual(pool.stats().open, 0);

				const failure = new Error("down");
				const down = things({ min: 2, retryDelay: 1_000, create: () => Promise.reject(failure) });
				assert.strictEqual(await rejectionOf(down.pool.warmUp()), failure);

				const warm = things({ min: 2, warm: true });
				await until(() => warm.pool.stats().idle === 2);
				warm.created[0]?.retire();
				await until(() => warm.created.length === 3 && warm.pool.stats().idle === 2);
				await warm.pool.drain();
				assert.strictEqual(warm.pool.stats().open, 0);
				expectPoolError(await rejectionOf(warm.pool.warmUp()), "ERR_POOL_DRAINED");
			},
		},
		{
			name: "clear closes what is idle, or what is chosen of it, and resolves when that is done",
			async run() {
				const { pool, destroyed } = things();
				const leases = await Promise.all([pool.acquire(), pool.acquire(), pool.acquire()]);
				await leases[0]?.release();
				await leases[1]?.release();
				expectPoolError(await rejectionOf(pool.clear("all" as never)), "ERR_POOL_ARGUMENT");
				await pool.clear(({ id }) => id === 1);
				assert.deepEqual(destroyed, [1]);
				await pool.clear();
				assert.deepEqual(destroyed, [1, 0]);
				assert.deepInclude(pool.stats(), { open: 1, inUse: 1 });
				assert.strictEqual(pool.stats().closed.cleared, 2);
				await leases[2]?.release();
				const failure = new Error("choose");
				const failing = () => {
					throw failure;
				};
				assert.strictEqual(await rejectionOf(pool.clear(failing)), failure);
				assert.strictEqual(pool.stats().idle, 1);
			},
		},
		{
			name: "clear leaves alone what somebody took while others were closed",
			async run() {
				const taken: (ResourceLease<Thing> | undefined)[] = [];
				const destroyed: number[] = [];
				const { pool } = things({
					destroy({ id }) {
						destroyed.push(id);
						if (taken.length === 0) taken.push(pool.tryAcquire());
					},
				});
				const leases = await Promise.all([pool.acquire(), pool.acquire(), pool.acquire()]);
				for (const lease of leases) await lease.release();
				await pool.clear();
				const [lease] = taken;
				assert.isFalse(destroyed.includes(Number(lease?.item.id)));
				assert.lengthOf(destroyed, 2);
				assert.deepInclude(pool.stats(), { open: 1, inUse: 1 });
				await lease?.release();
			},
		},
		{
			name: "max and min may be changed: more are opened, and what is too much is closed when nobody uses it",
			async run() {
				const { pool, destroyed } = things({ max: 1 });
				const first = await pool.acquire();
				const waiting = [pool.acquire(), pool.acquire()];
				pool.max = 3;
				const [second, third] = await Promise.all(waiting);
				assert.strictEqual(pool.stats().open, 3);
				await third?.release();
				pool.max = 1;
				await settle();
				assert.deepEqual(destroyed, [2]);
				await second?.release();
				assert.deepEqual(destroyed, [2, 1]);
				await first.release();
				assert.deepInclude(pool.stats(), { open: 1, idle: 1, max: 1 });
				assert.strictEqual(pool.stats().closed.surplus, 2);
				pool.min = 1;
				assert.deepEqual([pool.min, pool.max], [1, 1]);
				for (const wrong of [0, 1.5, "2", Number.NaN]) {
					expectCode("ERR_POOL_OPTION", () => {
						pool.max = wrong as number;
					});
				}
				expectCode("ERR_POOL_OPTION", () => {
					pool.min = 2;
				});
				assert.strictEqual(pool.max, 1);
			},
		},
		{
			name: "says in a line how it stands, and shows nothing of its inside",
			async run() {
				const pool = new ResourcePool({
					create: () => ({ password: "secret" }),
					name: "db",
				} satisfies ResourcePoolOptions<object>);
				const lease = await pool.acquire();
				const inspect = Symbol.for("nodejs.util.inspect.custom");
				const line = (pool as unknown as Record<symbol, () => string>)[inspect]?.call(pool);
				assert.strictEqual(
					line,
					"ResourcePool { db: 1 of 10 open (0 opening, 0 idle, 1 in use), 0 waiting }",
				);
				assert.strictEqual(JSON.stringify([pool, lease]), "[{},{}]");
				const ofLease = () => (lease as unknown as Record<symbol, () => string>)[inspect]?.();
				assert.strictEqual(ofLease(), "Lease { held }");
				await lease.release();
				assert.strictEqual(ofLease(), "Lease { ended }");
				await pool.drain();
				const error = await rejectionOf(pool.acquire());
				assert.isTrue(
					error instanceof PoolError && error.message.startsWith("ResourcePool.acquire: expected"),
				);
			},
		},
	],
};
