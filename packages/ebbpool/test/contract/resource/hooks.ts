import { assert } from "chai";
import { expectPoolError, rejectionOf } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";
import { deferred, never, settle, type Thing, things } from "../support/things.ts";

const failure = new Error("it was to fail");

const failing = (): never => {
	throw failure;
};

export const resourceHooks: Suite = {
	name: "ResourcePool: hooks that fail",
	cases: [
		{
			name: "a failed creation reaches all who wait where nothing is open, and the next attempt comes after a pause",
			async run() {
				const retryDelay = 30;
				const startedAt: number[] = [];
				const { pool } = things({
					max: 3,
					retryDelay,
					create: async () => {
						startedAt.push(performance.now());
						throw failure;
					},
				});
				const waiting = Array.from({ length: 10 }, () => rejectionOf(pool.acquire()));
				for (const error of await Promise.all(waiting)) assert.strictEqual(error, failure);
				assert.lengthOf(startedAt, 3);
				assert.strictEqual(await rejectionOf(pool.acquire()), failure);
				assert.lengthOf(startedAt, 4);
				// A timer may come up to a millisecond early, and clocks are cut to whole ones here and there.
				assert.isAtLeast(Number(startedAt[3]) - Number(startedAt[2]), retryDelay - 2);
				assert.deepInclude(pool.stats(), { open: 0, waiting: 0, openFailed: 4 });
			},
		},
		{
			name: "what breaks before anybody used it counts as a failed creation: the next attempt comes after a pause",
			async run() {
				const startedAt: number[] = [];
				const retires: ((error?: unknown) => void)[] = [];
				const { pool } = things({
					min: 1,
					retryDelay: 60,
					create: async ({ retire }) => {
						startedAt.push(performance.now());
						retires.push(retire);
						return { id: 0, retire };
					},
				});
				await pool.warmUp();
				const brokeAt = performance.now();
				retires[0]?.(failure);
				await (await pool.acquire()).release();
				assert.lengthOf(startedAt, 2);
				assert.isAtLeast(Number(startedAt[1]) - brokeAt, 58);
			},
		},
		{
			name: "what is handed over to who waits is validated as any other, however many wait",
			async run() {
				for (const waiting of [1, 2, 3]) {
					let validated = 0;
					const { pool } = things({ max: 1, validate: () => ++validated > 0 });
					const lease = await pool.acquire();
					const others = Array.from({ length: waiting }, () => pool.acquire());
					await lease.release();
					for (const other of others) await (await other).release();
					assert.strictEqual(validated, waiting);
				}
			},
		},
		{
			name: "a failed creation reaches the one who waits longest where others are in use",
			async run() {
				let works = true;
				const { pool } = things({
					max: 2,
					retryDelay: 1000,
					create: ({ retire }) => (works ? { id: 0, retire } : failing()),
				});
				const lease = await pool.acquire();
				works = false;
				const [first, second] = [pool.acquire(), pool.acquire()];
				assert.strictEqual(await rejectionOf(first), failure);
				await lease.release();
				assert.strictEqual((await second).item.id, 0);
			},
		},
		{
			name: "when creations succeed again, all who wait meanwhile are served, each with one of its own",
			async run() {
				let works = false;
				const { pool } = things({
					max: 5,
					retryDelay: 10,
					create: async ({ retire }) => (works ? { id: 0, retire } : failing()),
				});
				assert.strictEqual(await rejectionOf(pool.acquire()), failure);
				works = true;
				const leases = await Promise.all(Array.from({ length: 5 }, () => pool.acquire({ timeout: 2_000 })));
				assert.lengthOf(leases, 5);
				assert.deepInclude(pool.stats(), { open: 5, inUse: 5, waiting: 0 });
			},
		},
		{
			name: "pauses grow up to maxRetryDelay, and the first is never shortened by it",
			async run() {
				const startedAt: number[] = [];
				const { pool } = things({
					retryDelay: 5,
					maxRetryDelay: 10,
					retryCreate: true,
					create: async ({ retire }) => {
						if (startedAt.push(performance.now()) < 12) throw failure;
						return { id: 0, retire };
					},
				});
				await pool.acquire();
				const pauses = startedAt.slice(1).map((time, i) => time - (startedAt[i] as number));
				// Doubled eleven times they would be more than ten seconds; a machine that is busy adds some to each.
				assert.isBelow(Math.min(...pauses.slice(2)), 1_000);
				assert.isAtLeast(Math.min(...pauses), 4);
			},
		},
		{
			name: "a new resource is validated with validateNew only, and a bad one counts as a failed creation",
			async run() {
				for (const validateNew of [false, true]) {
					let made = 0;
					const { pool } = things({
						max: 1,
						retryDelay: 5,
						retryCreate: true,
						validateNew,
						create: async ({ retire }) => ({ id: ++made, retire }),
						validate: async ({ id }) => id > 2,
					});
					const lease = await pool.acquire();
					assert.strictEqual(lease.item.id, validateNew ? 3 : 1);
					assert.strictEqual(pool.stats().closed.invalid, validateNew ? 2 : 0);
				}
				const { pool } = things({ max: 1, validateNew: true, validate: async () => false });
				const waiting = [pool.acquire(), pool.acquire()].map(rejectionOf);
				for (const error of await Promise.all(waiting)) expectPoolError(error, "ERR_POOL_HOOK");
			},
		},
		{
			name: "who times out while creations fail is told the failure as the cause",
			async run() {
				const { pool } = things({ retryDelay: 1000, create: failing });
				assert.strictEqual(await rejectionOf(pool.acquire()), failure);
				const error = expectPoolError(await rejectionOf(pool.acquire({ timeout: 5 })), "ERR_POOL_TIMEOUT");
				assert.strictEqual(error.cause, failure);
			},
		},
		{
			name: "a creation that takes too long is aborted and fails; what it makes later is destroyed",
			async run() {
				const slow = deferred<Thing>();
				let aborted: AbortSignal | undefined;
				const { pool, destroyed } = things({
					createTimeout: 10,
					create: ({ signal }) => {
						aborted = signal;
						return slow.promise;
					},
				});
				expectPoolError(await rejectionOf(pool.acquire()), "ERR_POOL_TIMEOUT");
				assert.isTrue(aborted?.aborted);
				assert.strictEqual(pool.stats().open, 0);
				slow.resolve({ id: 7, retire: () => {} });
				await settle();
				assert.deepEqual(destroyed, [7]);
			},
		},
		{
			name: "asks validate before an idle one is lent; no, a failure or silence destroys it and the next is tried",
			async run() {
				for (const answer of [() => false, failing, () => never<boolean>(), async () => false]) {
					const { pool, destroyed } = things({
						validateTimeout: 10,
						validate: ({ id }) => (id === 1 ? answer() : true),
					});
					const leases = await Promise.all([pool.acquire(), pool.acquire()]);
					for (const lease of leases) await lease.release();
					const lease = await pool.acquire();
					assert.strictEqual(lease.item.id, 0);
					assert.deepEqual(destroyed, [1]);
					assert.strictEqual(pool.stats().closed.invalid, 1);
				}
			},
		},
		{
			name: "any number of idle ones that are not good any more make room, with hooks that are over at once",
			async run() {
				const many = 20_000;
				let closed = 0;
				const { pool } = things({
					max: many,
					maxWaiting: many,
					create: ({ retire }) => ({ id: 0, retire }),
					validate: () => false,
					destroy: () => void closed++,
				});
				const leases = await Promise.all(Array.from({ length: many }, () => pool.acquire()));
				for (const lease of leases) void lease.release();
				await pool.acquire();
				assert.strictEqual(closed, many);
				assert.deepInclude(pool.stats(), { open: 1, inUse: 1 });
			},
		},
		{
			name: "reset runs before anybody else gets it; a failure or silence destroys it",
			async run() {
				const log: string[] = [];
				const { pool } = things({
					max: 1,
					reset: async () => {
						await settle();
						log.push("reset");
					},
				});
				const lease = await pool.acquire();
				const next = pool.acquire().then(() => void log.push("lent"));
				await lease.release();
				await next;
				assert.deepEqual(log, ["reset", "lent"]);

				for (const reset of [failing, () => Promise.reject(failure), () => never()]) {
					const broken = things({ resetTimeout: 10, reset });
					await (await broken.pool.acquire()).release();
					assert.deepEqual(broken.destroyed, [0]);
					assert.strictEqual(broken.pool.stats().closed.reset, 1);
					assert.deepEqual(
						broken.errors.map(({ during }) => during),
						["reset"],
					);
				}
			},
		},
		{
			name: "a destroy that fails or never ends gives its place free, and release never rejects",
			async run() {
				for (const destroy of [failing, () => Promise.reject(failure), () => never()]) {
					const { pool, errors } = things({ max: 1, destroyTimeout: 10, destroy });
					await (await pool.acquire()).discard();
					assert.strictEqual((await pool.acquire()).item.id, 1);
					assert.deepEqual(
						errors.map(({ during }) => during),
						["destroy"],
					);
				}
			},
		},
		{
			name: "what breaks while it is idle is destroyed at once, with an error event and no crash",
			async run() {
				const { pool, created, destroyed, errors } = things();
				await (await pool.acquire()).release();
				created[0]?.retire(failure);
				created[0]?.retire(failure);
				await settle();
				assert.deepEqual(destroyed, [0]);
				assert.deepEqual(errors, [{ error: failure, during: "retire" }]);
				assert.strictEqual((await pool.acquire()).item.id, 1);
			},
		},
		{
			name: "why a resource broke is told although it is to be closed for another reason",
			async run() {
				const { pool, errors } = things();
				const lease = await pool.acquire();
				lease.item.retire();
				lease.item.retire(failure);
				assert.deepEqual(errors, [{ error: failure, during: "retire" }]);
				await lease.release();
			},
		},
		{
			name: "what breaks in use is destroyed when it is given back; what breaks while it is opened has failed",
			async run() {
				const { pool, destroyed } = things();
				const lease = await pool.acquire();
				lease.item.retire();
				await settle();
				assert.lengthOf(destroyed, 0);
				await lease.release();
				assert.deepEqual(destroyed, [0]);
				assert.strictEqual(pool.stats().closed.retired, 1);

				const early = things({
					create: async ({ retire }) => {
						retire(failure);
						return { id: 5, retire };
					},
				});
				assert.strictEqual(await rejectionOf(early.pool.acquire()), failure);
				await settle();
				assert.deepEqual(early.destroyed, [5]);
			},
		},
	],
};
