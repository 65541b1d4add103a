import { AsyncLocalStorage } from "node:async_hooks";
import { execFile } from "node:child_process";
import { getEventListeners, once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { assert } from "chai";
import { ResourcePool, type ResourcePoolOptions } from "ebbpool/resource";
import { majorGC } from "../support/major-gc.ts";

const run = promisify(execFile);

async function output(program: string): Promise<string> {
	const path = fileURLToPath(new URL(`programs/${program}.js`, import.meta.url));
	return (await run(process.execPath, [path], { timeout: 120_000 })).stdout.trim();
}

/** What reaches `uncaughtException` while this is done. */
async function uncaughtIn(act: () => Promise<unknown>): Promise<unknown> {
	// The runner's own listener would fail the test.
	const listeners = process.listeners("uncaughtException");
	process.removeAllListeners("uncaughtException");
	const uncaught = once(process, "uncaughtException");
	await act();
	const [error] = await uncaught;
	for (const listener of listeners) process.on("uncaughtException", listener);
	return error;
}

test("a process whose only hope is a resource lives until its deadline, and is told", async () => {
	assert.strictEqual(await output("waits"), "ERR_POOL_TIMEOUT");
});

test("a process lives until a failed creation is tried again, where somebody waits for it without a limit", async () => {
	assert.strictEqual(await output("waits-for-retry"), "served");
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
	assert.strictEqual(await uncaughtIn(async () => (await pool.acquire()).discard()), failure);
	assert.strictEqual(heard, 1);
	await (await pool.acquire()).release();
});

test("what a signal's listener throws when a creation is given up is an uncaught error, and the pool goes on", async (t) => {
	const failure = new Error("as polyfills of signals throw");
	class Polyfill extends AbortController {
		override abort(): never {
			throw failure;
		}
	}
	const { AbortController: native } = globalThis;
	globalThis.AbortController = Polyfill;
	t.after(() => {
		globalThis.AbortController = native;
	});
	let stuck = true;
	const pool = new ResourcePool({
		create: ({ signal }) => (stuck && !signal.aborted ? new Promise<object>(() => {}) : {}),
		max: 1,
		createTimeout: 5,
		retryDelay: 1,
	});
	const waiting = pool.acquire().catch(({ code }) => code);
	assert.strictEqual(await uncaughtIn(() => waiting), failure);
	assert.strictEqual(await waiting, "ERR_POOL_TIMEOUT");
	stuck = false;
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

/** How many of ten such pools something still refers to, each with its hooks, once it is drained. */
async function leftOf(options: Partial<ResourcePoolOptions<object>>): Promise<number> {
	const refs = await Promise.all(
		Array.from({ length: 10 }, async () => {
			const create = options.create?.bind(null) ?? (() => ({}));
			const pool = new ResourcePool<object>({ max: 2, ...options, create });
			const using = Array.from({ length: 3 }, () => pool.use(() => {}));
			await Promise.allSettled(using);
			await pool.drain();
			return [new WeakRef(pool), new WeakRef(create)];
		}),
	);
	for (let i = 0; i < 3; i++) await majorGC();
	return refs.filter((each) => each.some((ref) => ref.deref() !== undefined)).length;
}

test("a drained pool leaves nothing that holds it in memory", async () => {
	assert.isAtMost(await leftOf({ releaseOnGC: true, leaseTimeout: 60_000 }), 1);
});

test("a pool that is drained in the pause after a failure leaves nothing that holds it in memory", async () => {
	const create = () => Promise.reject(new Error("down"));
	assert.isAtMost(await leftOf({ create, retryDelay: 60_000, maxRetryDelay: 60_000 }), 1);
});
