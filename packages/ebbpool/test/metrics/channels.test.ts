import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { describe, test } from "node:test";
import { Worker } from "node:worker_threads";
import { assert } from "chai";
import { Pool, poolCleanup } from "ebbpool";
import { BufferPool } from "ebbpool/bytes";
import "ebbpool/metrics";
import { SharedPool } from "ebbpool/shared";

/** What is published on a channel while something runs. */
async function published(channel: string, work: () => unknown): Promise<unknown[]> {
	const messages: unknown[] = [];
	const receive = (message: unknown) => void messages.push(message);
	subscribe(channel, receive);
	try {
		await work();
	} finally {
		unsubscribe(channel, receive);
	}
	return messages;
}

describe("channels of slow paths, once ebbpool/metrics is loaded", () => {
	test("pools that age, whether a collection ran, and whether victims go at once", async () => {
		const pool = new Pool<object>();
		pool.put({});
		assert.deepEqual(await published("ebbpool:pool:age", () => poolCleanup()), [
			{ pool: undefined, event: "age", args: [false, true] },
		]);
	});

	test("buffers that are too long to be pooled", async () => {
		const pool = new BufferPool({ name: "bodies", maxLength: 1024 });
		const work = () => [pool.get(1024), pool.get(1025)];
		assert.deepEqual(await published("ebbpool:buffers:overflow", work), [
			{ pool: "bodies", event: "overflow", args: [1025] },
		]);
	});

	test("a shared pool that grows, and one that is exhausted", async () => {
		const pool = SharedPool.create({ slotSize: 8, slots: 1, maxSlots: 2, name: "frames" });
		const grown = await published("ebbpool:shared:grow", () => [pool.get(), pool.get()]);
		assert.deepEqual(grown, [{ pool: "frames", event: "grow", args: [2, 2] }]);
		const exhausted = await published("ebbpool:shared:exhaust", () => assert.throws(() => pool.get()));
		assert.deepEqual(exhausted, [{ pool: "frames", event: "exhaust", args: [2] }]);
	});

	test("slots that a dead worker held", async () => {
		const pool = SharedPool.create({ slotSize: 8, slots: 8, magazine: 0, name: "frames" });
		const messages = await published("ebbpool:shared:reclaim", async () => {
			const worker = pool.track(
				new Worker(new URL("../support/holds-slots.js", import.meta.url), { workerData: pool.handle }),
			);
			await once(worker, "message");
			await worker.terminate();
			await pool.reap(worker);
		});
		assert.deepEqual(messages, [{ pool: "frames", event: "reclaim", args: [3] }]);
	});
});
