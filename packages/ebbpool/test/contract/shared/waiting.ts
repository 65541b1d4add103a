import { assert } from "chai";
import type { SharedBlock } from "ebbpool/shared";
import { expectPoolError, rejectionOf } from "../support/expect.ts";
import { hasSockets, stall, withInput } from "../support/input.ts";
import type { Suite } from "../support/kit.ts";
import { failingSignal, HastySignal } from "../support/old-signal.ts";
import { create, expectStats, later, takeAll } from "./pools.ts";

export const sharedWaiting: Suite = {
	name: "SharedPool: waiting",
	cases: [
		{
			name: "getAsync serves whoever waits in order, as slots are put",
			async run() {
				for (const magazine of [0, 2]) {
					const pool = await create({ slots: 2, magazine });
					const [one, other] = takeAll(pool) as [SharedBlock, SharedBlock];
					const served: string[] = [];
					const waits = ["first", "second", "third"].map(async (name) => {
						const block = await pool.getAsync({ timeout: 10_000 });
						served.push(name);
						return block;
					});
					await later(5);
					assert.lengthOf(served, 0);
					pool.put(one);
					const first = await (waits[0] as Promise<SharedBlock>);
					assert.deepEqual(served, ["first"]);
					pool.put(first);
					pool.put(other);
					await Promise.all(waits);
					assert.deepEqual(served, ["first", "second", "third"]);
					expectStats(pool);
				}
			},
		},
		{
			name: "getAsync of a free slot needs nobody to put one",
			async run() {
				const pool = await create({ magazine: 1 });
				pool.put(await pool.getAsync());
				assert.lengthOf(takeAll(pool), 4);
			},
		},
		{
			name: "getAsync ends at its timeout, or with the signal's reason, and takes no slot",
			async run() {
				const pool = await create({ slots: 1 });
				const block = pool.get();
				expectPoolError(await rejectionOf(pool.getAsync({ timeout: 5 })), "ERR_POOL_TIMEOUT");
				const reason = new Error("no more");
				const controller = new AbortController();
				const waiting = pool.getAsync({ signal: controller.signal, timeout: 10_000 });
				await later(5);
				controller.abort(reason);
				assert.strictEqual(await rejectionOf(waiting), reason);
				assert.strictEqual(await rejectionOf(pool.getAsync({ signal: AbortSignal.abort(reason) })), reason);
				pool.put(block);
				assert.isDefined(pool.tryGet());
			},
		},
		{
			name: "getAsync ends where its signal aborts while it is listened to, and listens no longer",
			async run() {
				for (const tells of [false, true]) {
					const pool = await create({ slots: 1 });
					const block = pool.get();
					const signal = new HastySignal(tells);
					const waiting = pool.getAsync({ signal: signal as unknown as AbortSignal });
					assert.propertyVal(await rejectionOf(waiting), "name", "AbortError");
					assert.strictEqual(signal.listened, 0);
					pool.put(block);
					assert.isDefined(pool.tryGet());
				}
			},
		},
		{
			name: "getAsync ends with what a signal throws in the place of a reason",
			async run() {
				const pool = await create({ slots: 1 });
				const block = pool.get();
				const failure = new Error("it was to fail");
				const signal = failingSignal("reason", failure);
				const waiting = pool.getAsync({ signal: signal as unknown as AbortSignal });
				signal.abort();
				assert.strictEqual(await rejectionOf(waiting), failure);
				pool.put(block);
				pool.put(await pool.getAsync());
			},
		},
		{
			name: "getAsync goes on with those who wait after one has been aborted by a listener that uses the pool",
			async run() {
				const pool = await create({ slots: 1 });
				const block = pool.get();
				const controller = new AbortController();
				controller.signal.addEventListener("abort", () => pool.put(block));
				const aborted = pool.getAsync({ signal: controller.signal, timeout: 10_000 });
				const served = pool.getAsync({ timeout: 10_000 });
				await later(5);
				controller.abort();
				await rejectionOf(aborted);
				pool.put(await served);
			},
		},
		{
			name: "wrong options of getAsync are ERR_POOL_OPTION",
			async run() {
				const pool = await create();
				for (const options of [
					{ timeout: -1 },
					{ timeout: "1" },
					{ timeout: 2 ** 31 },
					{ signal: {} },
					{ signal: { throwIfAborted() {} } },
					{ signal: { aborted: false }, timeout: 1 },
					{ signal: { aborted: false, addEventListener() {} } },
					{ wait: 1 },
				]) {
					expectPoolError(await rejectionOf(pool.getAsync(options as object)), "ERR_POOL_OPTION");
				}
			},
		},
		{
			name: "getAsync takes Infinity for no timeout, and 0 for one at once",
			async run() {
				const pool = await create({ slots: 1 });
				const block = pool.get();
				expectPoolError(await rejectionOf(pool.getAsync({ timeout: 0 })), "ERR_POOL_TIMEOUT");
				const waiting = pool.getAsync({ timeout: Number.POSITIVE_INFINITY });
				await later(5);
				pool.put(block);
				pool.put(await waiting);
			},
		},
		{
			name: "getAsync takes a signal without a reason and rejects with an AbortError",
			async run() {
				const pool = await create({ slots: 1 });
				const block = pool.get();
				const listeners = new Set<() => void>();
				const signal = {
					aborted: false,
					addEventListener: (_: "abort", listener: () => void) => void listeners.add(listener),
					removeEventListener: (_: "abort", listener: () => void) => void listeners.delete(listener),
				};
				const waiting = pool.getAsync({ signal: signal as unknown as AbortSignal });
				await later(1);
				signal.aborted = true;
				for (const listener of listeners) listener();
				assert.strictEqual(((await rejectionOf(waiting)) as Error).name, "AbortError");
				assert.strictEqual(listeners.size, 0);
				assert.strictEqual(
					((await rejectionOf(pool.getAsync({ signal: signal as unknown as AbortSignal }))) as Error).name,
					"AbortError",
				);
				pool.put(block);
				assert.isDefined(pool.tryGet());
			},
		},
		{
			name: "a signal that throws, or aborts while it is asked, leaves nobody in the queue",
			async run() {
				const pool = await create({ slots: 1 });
				const block = pool.get();
				const error = new Error("no listeners");
				const throwing = {
					aborted: false,
					addEventListener() {
						throw error;
					},
					removeEventListener() {},
				};
				const aborting = {
					aborted: false,
					reason: error,
					addEventListener: (_: "abort", listener: () => void) => listener(),
					removeEventListener() {},
				};
				for (const signal of [throwing, aborting]) {
					const waiting = pool.getAsync({ signal: signal as unknown as AbortSignal });
					assert.strictEqual(await rejectionOf(waiting), error);
				}
				pool.put(block);
				await later(150);
				assert.isDefined(pool.tryGet());
			},
		},
		{
			name: "whoever waits after all others have left is served",
			async run() {
				for (const magazine of [0, 2]) {
					const pool = await create({ slots: 1, magazine });
					for (let i = 0; i < 3; i++) {
						const block = pool.get();
						const left = pool.getAsync({ timeout: 1 });
						await rejectionOf(left);
						const served = pool.getAsync({ timeout: 10_000 });
						pool.put(block);
						pool.put(await served);
					}
					expectStats(pool);
				}
			},
		},
		...(hasSockets
			? [
					{
						name: "getAsync gets what is put by somebody whose input came while the event loop was busy",
						run: () =>
							withInput(async (bring) => {
								for (const busy of [56, 200]) {
									const pool = await create({ slots: 1 });
									const block = pool.get();
									const { read } = await bring();
									const work = read.then(() => pool.put(block));
									const next = pool.getAsync({ timeout: 50 });
									stall(busy);
									pool.put(await next);
									await work;
								}
							}),
					},
				]
			: []),
	],
};
