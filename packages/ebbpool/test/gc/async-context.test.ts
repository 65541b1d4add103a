import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { describe, test } from "node:test";
import { configure, onMajorGC, Pool, poolCleanup } from "ebbpool";
import { majorGC } from "../support/major-gc.ts";

configure({ minAge: 0 }); // Go's rhythm

const DEFAULT_IDLE_CLEANUP = 120_000;

/** Runs `arm` inside a request's context; the reference tells whether that request's store is still alive. */
function inRequest(storage: AsyncLocalStorage<object>, arm: () => void): WeakRef<object> {
	const store = { request: 1 };
	storage.run(store, arm);
	return new WeakRef(store);
}

describe("the caller's async context", () => {
	test("control: an ordinary timer armed inside AsyncLocalStorage.run keeps that store alive", async () => {
		let timer: NodeJS.Timeout | undefined;
		const store = inRequest(new AsyncLocalStorage(), () => {
			timer = setTimeout(() => {}, 60_000).unref();
		});
		await majorGC();
		await majorGC();
		assert.notEqual(store.deref(), undefined);
		clearTimeout(timer);
	});

	test("is not kept alive by a pool that was filled in it", async () => {
		const pool = new Pool<object>();
		const store = inRequest(new AsyncLocalStorage(), () => pool.put({}));
		await majorGC();
		assert.equal(pool.stats().victim, 1, "the pool is still armed");
		assert.equal(store.deref(), undefined);
	});

	test("is not kept alive by a configuration or a cleanup that restarted the timer in it", async () => {
		const pool = new Pool<object>();
		pool.put({});
		const store = inRequest(new AsyncLocalStorage(), () => {
			configure({ idleCleanup: DEFAULT_IDLE_CLEANUP });
			poolCleanup();
			pool.put({});
		});
		await majorGC();
		assert.equal(store.deref(), undefined);
	});

	test("is not kept alive by a listener that was set in it", async () => {
		let ticks = 0;
		const listener = () => void ticks++;
		let stop: (() => void) | undefined;
		const store = inRequest(new AsyncLocalStorage(), () => {
			stop = onMajorGC(listener);
		});
		await majorGC();
		await majorGC();
		assert.equal(ticks, 2);
		assert.equal(store.deref(), undefined);
		stop?.();
	});

	test("is not what hooks of a later tick run in", async () => {
		const storage = new AsyncLocalStorage<object>();
		const seen: unknown[] = [];
		const pool = new Pool<object>({ dispose: () => void seen.push(storage.getStore()) });
		inRequest(storage, () => pool.put({}));
		await majorGC();
		await majorGC();
		assert.deepEqual(seen, [undefined]);
	});
});
