import { AsyncLocalStorage } from "node:async_hooks";
import { once } from "node:events";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { assert } from "chai";
import { SharedPool } from "ebbpool/shared";
import { majorGC } from "../support/major-gc.ts";

/** Runs `begin` inside a request's context; the reference tells whether that request's store is still alive. */
async function inRequest(begin: () => unknown): Promise<WeakRef<object>> {
	const store = { request: 1 };
	const reference = new WeakRef(store);
	new AsyncLocalStorage<object>().run(store, begin);
	return reference;
}

/** Promises of the request itself may end a little later. */
async function isCollected(store: WeakRef<object>): Promise<boolean> {
	for (let i = 0; i < 50 && store.deref() !== undefined; i++) {
		await sleep(2);
		await majorGC();
	}
	return store.deref() === undefined;
}

const idle = () => new Worker("setInterval(() => {}, 1000)", { eval: true });

describe("the store of a request in which something was begun is collected while the pool lives", () => {
	for (const magazine of [0, 4]) {
		test(`when a pool with a magazine of ${magazine} was created`, async () => {
			let pool: SharedPool | undefined;
			const store = await inRequest(() => {
				pool = SharedPool.create({ slotSize: 64, slots: 8, magazine });
				pool.put(pool.get());
			});
			assert.isTrue(await isCollected(store));
			assert.strictEqual(pool?.stats().slots, 8);
		});
	}

	test("when a thread attached", async () => {
		const pool = SharedPool.create({ slotSize: 64, slots: 8 });
		const { handle } = pool;
		pool[Symbol.dispose]();
		let again: SharedPool | undefined;
		const store = await inRequest(() => {
			again = SharedPool.attach(handle);
			again.put(again.get());
		});
		assert.isTrue(await isCollected(store));
		assert.strictEqual(again?.stats().slots, 8);
	});

	test("when a worker was tracked that goes on", async () => {
		const pool = SharedPool.create({ slotSize: 64, slots: 8 });
		const worker = idle();
		const store = await inRequest(() => {
			pool.track(worker);
			pool.handleFor(worker);
		});
		assert.isTrue(await isCollected(store));
		void worker.terminate();
		await once(worker, "exit");
		await pool.reap(worker);
	});

	test("when it waited for a slot, while others wait on", async () => {
		const pool = SharedPool.create({ slotSize: 64, slots: 1, magazine: 0 });
		const block = pool.get();
		const store = await inRequest(() => void pool.getAsync({ timeout: 1 }).catch(() => {}));
		const others = pool.getAsync();
		assert.isTrue(await isCollected(store));
		pool.put(block);
		pool.put(await others);
	});
});
