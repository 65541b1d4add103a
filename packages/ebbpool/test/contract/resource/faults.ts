import { assert } from "chai";
import { type CreateContext, ResourcePool, type Signal } from "ebbpool/resource";
import { expectPoolError, rejectionOf } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";
import { failingSignal, HastySignal, OldSignal } from "../support/old-signal.ts";
import { refusing, withThen } from "../support/thenables.ts";
import { settle, sleep, things, until } from "../support/things.ts";

const signalOf = (signal: OldSignal) => signal as unknown as Signal;
const failure = new Error("it was to fail");
const failing = (): never => {
	throw failure;
};

export const resourceFaults: Suite = {
	name: "ResourcePool: what goes wrong outside of it",
	cases: [
		{
			name: "a signal that throws when it is listened to rejects its caller, and nobody waits in his place",
			async run() {
				for (const half of ["addEventListener", "aborted"] as const) {
					const { pool } = things({ max: 1 });
					const signal = failingSignal(half, failure);
					if (half === "aborted")
						expectPoolError(
							await rejectionOf(pool.acquire({ signal: signalOf(new OldSignal()), timeout: -1 })),
							"ERR_POOL_OPTION",
						);
					assert.strictEqual(await rejectionOf(pool.acquire({ signal: signalOf(signal) })), failure);
					assert.strictEqual(pool.stats().waiting, 0);
					assert.strictEqual(await pool.use(({ id }) => id), 0);
					assert.deepInclude(pool.stats(), { inUse: 0, idle: 1 });
				}
			},
		},
		{
			name: "a signal of a polyfill that has no reason rejects with an AbortError",
			async run() {
				const { pool } = things({ max: 1 });
				const lease = await pool.acquire();
				const signal = new OldSignal();
				const waiting = rejectionOf(pool.acquire({ signal: signalOf(signal) }));
				signal.abort();
				assert.propertyVal(await waiting, "name", "AbortError");
				assert.propertyVal(
					await rejectionOf(pool.acquire({ signal: signalOf(signal) })),
					"name",
					"AbortError",
				);
				await lease.release();
			},
		},
		{
			name: "a signal that aborts while it is listened to rejects its caller, and is listened to no longer",
			async run() {
				for (const tells of [false, true]) {
					const { pool } = things({ max: 1 });
					const lease = await pool.acquire();
					const signal = new HastySignal(tells);
					const options = { signal: signalOf(signal), timeout: Number.POSITIVE_INFINITY };
					assert.propertyVal(await rejectionOf(pool.acquire(options)), "name", "AbortError");
					assert.strictEqual(signal.listened, 0);
					const { waiting, rejected } = pool.stats();
					assert.deepInclude({ waiting, ...rejected }, { waiting: 0, aborted: 1 });
					await lease.release();
				}
			},
		},
		{
			name: "a signal that tells whoever has stopped listening, too, takes nothing from one who was served",
			async run() {
				const { pool } = things({ max: 1 });
				const lease = await pool.acquire();
				const signal = new OldSignal();
				signal.addEventListener("abort", () => void lease.release());
				const served = pool.acquire({ signal: signalOf(signal) });
				const other = pool.acquire();
				signal.abort();
				assert.deepInclude(pool.stats(), { waiting: 1, inUse: 1 });
				await (await served).release();
				await (await other).release();
				assert.deepInclude(pool.stats(), { waiting: 0, inUse: 0, idle: 1 });
			},
		},
		{
			name: "what is given back while a signal begins to be listened to goes to who waits under it",
			async run() {
				const { pool } = things({ max: 1 });
				const lease = await pool.acquire();
				const signal = Object.assign(new OldSignal(), { addEventListener: () => void lease.release() });
				const next = await pool.acquire({ signal: signalOf(signal) });
				assert.strictEqual(next.item.id, 0);
				await next.release();
				assert.deepInclude(pool.stats(), { waiting: 0, inUse: 0, idle: 1 });
			},
		},
		{
			name: "a signal whose reason throws rejects all who wait with what it throws, and nobody waits in their place",
			async run() {
				const { pool } = things({ max: 1 });
				const lease = await pool.acquire();
				const signal = failingSignal("reason", failure);
				const options = { signal: signalOf(signal), timeout: Number.POSITIVE_INFINITY };
				const waiting = [rejectionOf(pool.acquire(options)), rejectionOf(pool.acquire(options))];
				signal.abort();
				assert.deepEqual(await Promise.all(waiting), [failure, failure]);
				assert.strictEqual(await rejectionOf(pool.acquire(options)), failure);
				assert.strictEqual(pool.stats().waiting, 0);
				await lease.release();
				assert.strictEqual(await pool.use(({ id }) => id), 0);
			},
		},
		{
			name: "a resource that refuses to be asked for `then` is lent, and destroyed once",
			async run() {
				const destroyed: object[] = [];
				const pool = new ResourcePool({ create: refusing, destroy: (it) => void destroyed.push(it), max: 1 });
				const lease = await pool.acquire();
				const { item } = lease;
				await lease.release();
				await pool.drain();
				assert.isTrue(destroyed.length === 1 && destroyed[0] === item);
			},
		},
		{
			name: "a promise's own `then` is not asked, as `await` does not: it may call back twice, or with another promise",
			async run() {
				const resource = { id: 7 };
				const promise = withThen(
					(fulfil: (value: unknown) => void) => fulfil(Promise.resolve({})),
					Promise.resolve(resource),
				);
				const pool = new ResourcePool<object>({ create: () => promise });
				assert.strictEqual(await pool.use((it) => it), resource);
			},
		},
		{
			name: "options count whether they are own, inherited or getters of a class",
			async run() {
				const create = async () => ({});
				class Config {
					readonly create = create;
					get max() {
						return 2;
					}
					get name() {
						return "db";
					}
				}
				for (const options of [Object.create({ max: 2, name: "db", create }), new Config()]) {
					const pool = new ResourcePool(options);
					const leases = [await pool.acquire(), await pool.acquire()];
					const timeout = Object.create({ timeout: 1 });
					expectPoolError(await rejectionOf(pool.acquire(timeout)), "ERR_POOL_TIMEOUT");
					assert.deepInclude(pool.stats(), { open: 2, name: "db", max: 2 });
					for (const lease of leases) await lease.release();
				}
			},
		},
		{
			name: "resources that are dead on arrival count as failures: the next one comes after a pause",
			async run() {
				for (const retires of ["in the open event", "in a microtask", "before create returns"]) {
					let made = 0;
					const contexts: CreateContext[] = [];
					const { pool } = things({
						max: 1,
						retryDelay: 1_000,
						create: (context) => {
							made++;
							contexts.push(context);
							if (retires === "before create returns") context.retire(failure);
							if (retires === "in a microtask") void Promise.resolve().then(() => context.retire(failure));
							return retires === "in a microtask"
								? Promise.resolve().then(() => ({ id: 0, retire: context.retire }))
								: { id: 0, retire: context.retire };
						},
					});
					if (retires === "in the open event") pool.on("open", ({ retire }) => retire(failure));
					assert.strictEqual(await rejectionOf(pool.acquire()), failure, retires);
					const next = rejectionOf(pool.acquire({ timeout: 5 }));
					await next;
					assert.strictEqual(made, 1, retires);
				}
			},
		},
		{
			name: "where something broke, one creation at a time is tried until one succeeds",
			async run() {
				let up = true;
				let [underWay, most] = [0, 0];
				const { pool } = things({
					max: 3,
					retryDelay: 5,
					retryCreate: true,
					create: async ({ retire }) => {
						underWay++;
						if (!up) most = Math.max(most, underWay);
						await settle();
						underWay--;
						if (!up) throw failure;
						return { id: 0, retire };
					},
				});
				const leases = await Promise.all([pool.acquire(), pool.acquire(), pool.acquire()]);
				up = false;
				const waiting = Array.from({ length: 30 }, async () => (await pool.acquire()).release());
				for (const lease of leases) {
					lease.item.retire();
					void lease.release();
				}
				await until(() => pool.stats().openFailed > 2);
				up = true;
				await Promise.all(waiting);
				assert.strictEqual(most, 1);
			},
		},
		{
			name: "pauses are never shorter than the first",
			async run() {
				const startedAt: number[] = [];
				const { pool } = things({
					max: 1,
					retryDelay: 40,
					maxRetryDelay: 10,
					create: () => {
						startedAt.push(performance.now());
						return failing();
					},
				});
				for (let i = 0; i < 3; i++) await rejectionOf(pool.acquire());
				for (const [i, time] of startedAt.entries())
					if (i > 0) assert.isAtLeast(time - (startedAt[i - 1] as number), 38);
			},
		},
		{
			name: "a promise whose `then` calls back twice makes one resource",
			async run() {
				const { pool, destroyed } = things({
					max: 1,
					create: ({ retire }) => {
						const promise = Promise.resolve({ id: 0, retire });
						const { then } = promise;
						// biome-ignore lint/suspicious/noThenProperty: that of a promise that somebody patched.
						promise.then = ((fulfil: (value: unknown) => void) =>
							then.call(promise, (value) => {
								fulfil(value);
								fulfil(value);
							})) as typeof then;
						return promise;
					},
				});
				const lease = await pool.acquire();
				await sleep(5);
				assert.deepEqual(destroyed, []);
				assert.strictEqual(lease.item.id, 0);
				await lease.release();
				assert.deepInclude(pool.stats(), { open: 1, idle: 1, opened: 1 });
			},
		},
	],
};
