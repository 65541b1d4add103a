import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { afterEach, expect, test, vi } from "vitest";

const HOLDER = `
const { SharedPool } = require("ebbpool/shared");
const { parentPort, workerData } = require("node:worker_threads");
SharedPool.attach(workerData).get();
parentPort.postMessage("holds");
`;

/** The tests of what fake timers drive; `onceMade` is called when pools were made, and used. */
export async function testFakeTimers(onceMade: () => void): Promise<void> {
	const { Pool } = await import("ebbpool");
	const { ResourcePool } = await import("ebbpool/resource");
	const { SharedPool } = await import("ebbpool/shared");

	afterEach(() => void vi.useRealTimers());

	test("a wait ends with its acquireTimeout", async () => {
		const pool = new ResourcePool({ create: () => ({}), max: 1, acquireTimeout: 1_000 });
		const lease = await pool.acquire();
		onceMade();
		const waiting = expect(pool.acquire()).rejects.toMatchObject({ code: "ERR_POOL_TIMEOUT" });
		vi.advanceTimersByTime(2_000);
		await waiting;
		await lease.release();
		await pool.drain();
	});

	test("what is idle is closed, and a drain ends with its timeout", async () => {
		const closed: string[] = [];
		const pool = new ResourcePool({ create: () => ({}), idleTimeout: 1_000 });
		pool.on("close", (_, reason) => void closed.push(reason));
		const [lease, idle] = [await pool.acquire(), await pool.acquire()];
		onceMade();
		await idle.release();
		await vi.advanceTimersByTimeAsync(2_000);
		expect(closed).toEqual(["idle"]);

		const draining = expect(pool.drain({ timeout: 1_000 })).rejects.toMatchObject({
			code: "ERR_POOL_TIMEOUT",
		});
		await vi.advanceTimersByTimeAsync(2_000);
		await draining;
		await lease.release();
	});

	test("a pool ages", async () => {
		const pool = new Pool<object>({ minAge: 0 });
		pool.put({});
		await sleep(5);
		onceMade();
		pool.put({});
		vi.advanceTimersByTime(130_000);
		expect(pool.stats().local).toBe(0);
		vi.advanceTimersByTime(130_000);
		expect(pool.stats().evicted).toBe(2);
	});

	test("time that passes right after the fakes were installed is over for what began before", async () => {
		const pool = new Pool<object>({ minAge: 0 });
		pool.put({});
		const busy = new ResourcePool({ create: () => ({}), max: 1, acquireTimeout: 600_000 });
		const idle = new ResourcePool({ create: () => ({}), idleTimeout: 600_000 });
		await idle.use(() => {});
		const lease = await busy.acquire();
		const waiting = expect(busy.acquire()).rejects.toMatchObject({ code: "ERR_POOL_TIMEOUT" });
		onceMade();
		vi.advanceTimersByTime(1_200_000);
		expect(pool.stats().evicted).toBe(1);
		await waiting;
		await sleep(5);
		expect(idle.stats().idle).toBe(0);
		await lease.release();
	});

	test("slots of a worker that has ended come back all the same", async () => {
		const pool = SharedPool.create({ slotSize: 16, slots: 4 });
		await pool.ready;
		onceMade();
		const worker = pool.track(new Worker(HOLDER, { eval: true, workerData: pool.handle }));
		await once(worker, "message");
		await worker.terminate();
		await pool.reap(worker);
		expect(pool.stats().free).toBe(4);
	});
}
