import { AsyncLocalStorage } from "node:async_hooks";
import { execFile } from "node:child_process";
import { getEventListeners, once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { assert } from "chai";
import { ResourcePool } from "ebbpool/resource";
import { majorGC } from "../support/major-gc.ts";

const run = promisify(execFile);

async function output(program: string): Promise<string> {
	const path = fileURLToPath(new URL(`programs/${program}.js`, import.meta.url));
	return (await run(process.execPath, [path], { timeout: 120_000 })).stdout.trim();
}

test("a process whose only hope is a resource lives until its deadline, and is told", async () => {
	assert.strictEqual(await output("waits"), "ERR_POOL_TIMEOUT");
});

test("a process whose creation failed ends when it has nothing to do, however long the pause is", async () => {
	assert.strictEqual(await output("fails"), "down");
});

test("hooks do not see the store of the request in which the library was loaded", async () => {
	assert.strictEqual(await output("loads-lazily"), "undefined,undefined");
});

test("a process with idle resources and a lease out ends when it has nothing to do", async () => {
	assert.strictEqual(await output("idles"), "over");
});

test("a resource is created outside of the async context of whoever waits for it", async () => {
	const storage = new AsyncLocalStorage<string>();
	const contexts: unknown[] = [];
	const pool = new ResourcePool({ create: async () => contexts.push(storage.getStore()), max: 1 });
	await storage.run("a request", () => pool.use(() => assert.strictEqual(storage.getStore(), "a request")));
	assert.deepEqual(contexts, [undefined]);
});

test("what a listener throws is an uncaught error, and the pool goes on", async () => {
	const failure = new Error("listener");
	const pool = new ResourcePool({ create: async () => ({}), max: 1 });
	pool.on("close", () => {
		throw failure;
	});
	let heard = 0;
	pool.on("close", () => void heard++);
	// The runner's own listener would fail the test.
	const listeners = process.listeners("uncaughtException");
	process.removeAllListeners("uncaughtException");
	const uncaught = once(process, "uncaughtException");
	await (await pool.acquire()).discard();
	const [error] = await uncaught;
	for (const listener of listeners) process.on("uncaughtException", listener);
	assert.strictEqual(error, failure);
	assert.strictEqual(heard, 1);
	await (await pool.acquire()).release();
});

test("acquires under a signal that lives on leave no listener and no memory", async () => {
	const pool = new ResourcePool({ create: async () => ({}), max: 1 });
	const { signal } = new AbortController();
	const borrow = async (times: number) => {
		for (let i = 0; i < times; i++) await (await pool.acquire({ signal })).release();
	};
	const round = (times: number) => Promise.all(Array.from({ length: 50 }, () => borrow(times / 50)));
	await round(20_000);
	await majorGC();
	const before = process.memoryUsage().heapUsed;
	await round(200_000);
	await majorGC();
	assert.isBelow(process.memoryUsage().heapUsed - before, 500_000, "bytes left by 200,000 acquires");
	assert.lengthOf(getEventListeners(signal, "abort"), 0);
});

test("a drained pool leaves nothing that holds it in memory", async () => {
	const refs = await Promise.all(
		Array.from({ length: 10 }, async () => {
			const pool = new ResourcePool({
				create: async () => ({}),
				max: 2,
				releaseOnGC: true,
				leaseTimeout: 60_000,
			});
			await Promise.all([pool.use(() => {}), pool.use(() => {}), pool.use(() => {})]);
			await pool.drain();
			return new WeakRef(pool);
		}),
	);
	for (let i = 0; i < 3; i++) await majorGC();
	assert.isAtMost(refs.filter((ref) => ref.deref() !== undefined).length, 1);
});
