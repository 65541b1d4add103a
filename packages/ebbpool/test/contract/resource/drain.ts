import { assert } from "chai";
import { expectCode, expectPoolError, rejectionOf } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";
import { deferred, never, settle, type Thing, things } from "../support/things.ts";

export const resourceDrain: Suite = {
	name: "ResourcePool: drain",
	cases: [
		{
			name: "rejects newcomers, serves who waits, waits for what is out, and closes everything",
			async run() {
				const { pool, destroyed } = things({ max: 2 });
				const leases = [await pool.acquire(), await pool.acquire()];
				const waiting = pool.acquire();
				let over = false;
				const drained = pool.drain().then(() => {
					over = true;
				});
				expectPoolError(await rejectionOf(pool.acquire()), "ERR_POOL_DRAINED");
				await leases[0]?.release();
				const late = await waiting;
				await leases[1]?.release();
				await settle();
				assert.isFalse(over);
				await late.release();
				await drained;
				assert.sameMembers(destroyed, [0, 1]);
				assert.deepInclude(pool.stats(), { open: 0, waiting: 0 });
				assert.strictEqual(pool.stats().closed.drained, 2);
			},
		},
		{
			name: "closes any number of idle ones, with a destroy that is over at once",
			async run() {
				const many = 20_000;
				const { pool, destroyed } = things({
					max: many,
					create: ({ retire }) => ({ id: 0, retire }),
					destroy: ({ id }) => void destroyed.push(id),
				});
				const leases = await Promise.all(Array.from({ length: many }, () => pool.acquire()));
				for (const lease of leases) void lease.release();
				await pool.drain();
				assert.lengthOf(destroyed, many);
				assert.deepInclude(pool.stats(), { open: 0, idle: 0 });
			},
		},
		{
			name: "at its deadline it takes away what is still out, and says so",
			async run() {
				const { pool, destroyed } = things({ max: 1 });
				const lease = await pool.acquire();
				const waiting = rejectionOf(pool.acquire());
				const error = expectPoolError(await rejectionOf(pool.drain({ timeout: 10 })), "ERR_POOL_TIMEOUT");
				assert.match(error.message, /within 10 ms; 1 of 1 open .*1 in use/);
				expectPoolError(await waiting, "ERR_POOL_DRAINED");
				assert.deepEqual(destroyed, [0]);
				expectCode("ERR_POOL_RELEASED", () => lease.item);
				await lease.release();
				assert.deepEqual(destroyed, [0]);
			},
		},
		{
			name: "waits for no hook that never ends",
			async run() {
				const hung = things({ max: 3, validate: () => never<boolean>(), destroyTimeout: 10 });
				await (await hung.pool.acquire()).release();
				const checking = rejectionOf(hung.pool.acquire());
				expectPoolError(await rejectionOf(hung.pool.drain({ timeout: 10 })), "ERR_POOL_TIMEOUT");
				expectPoolError(await checking, "ERR_POOL_DRAINED");
				assert.deepEqual(hung.destroyed, [0]);
				assert.strictEqual(hung.pool.stats().open, 0);
			},
		},
		{
			name: "a creation that nobody waits for any more is aborted, and what it made is destroyed",
			async run() {
				const slow = deferred<Thing>();
				let signal: AbortSignal | undefined;
				const { pool, destroyed } = things({
					create: (context) => {
						signal = context.signal;
						return slow.promise;
					},
				});
				const controller = new AbortController();
				const waiting = rejectionOf(pool.acquire({ signal: controller.signal }));
				controller.abort();
				await waiting;
				const drained = pool.drain();
				assert.isTrue(signal?.aborted);
				slow.resolve({ id: 3, retire: () => {} });
				await drained;
				assert.deepEqual(destroyed, [3]);
			},
		},
		{
			name: "waits also until what came too late is destroyed",
			async run() {
				const [slow, destroying] = [deferred<Thing>(), deferred<void>()];
				const { pool } = things({
					createTimeout: 5,
					create: () => slow.promise,
					destroy: () => destroying.promise,
				});
				await rejectionOf(pool.acquire());
				slow.resolve({ id: 0, retire: () => {} });
				await settle();
				let drained = false;
				const end = pool.drain().then(() => {
					drained = true;
				});
				await settle();
				assert.isFalse(drained);
				destroying.resolve();
				await end;
			},
		},
		{
			name: "everybody who drains waits together; the earliest deadline counts",
			async run() {
				const { pool } = things();
				const lease = await pool.acquire();
				const patient = rejectionOf(pool.drain({ timeout: 10_000 }));
				const hasty = rejectionOf(pool.drain({ timeout: 10 }));
				assert.strictEqual(await patient, await hasty);
				await lease.release();
				assert.strictEqual(await rejectionOf(pool.drain()), await hasty);
			},
		},
		{
			name: "`await using` of a pool drains it",
			async run() {
				const { pool, destroyed } = things();
				{
					await using mine = pool;
					await mine.use(({ id }) => id);
				}
				assert.deepEqual(destroyed, [0]);
				await pool.drain();
			},
		},
	],
};
