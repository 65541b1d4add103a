import { describe, test } from "node:test";
import { assert } from "chai";
import { Pool } from "ebbpool";

// The seams of checks and metrics are no public names; both live under registered symbols, as here.

interface Slot {
	wrap: ((kind: string, pool: new (...args: never[]) => object) => unknown) | undefined;
}

const slot = (globalThis as unknown as Record<symbol, Slot>)[Symbol.for("ebbpool.instrument.1")] as Slot;

type Watched = Pool<object, undefined>;
const calls: string[] = [];

function watching(_kind: string, Base: new (...args: never[]) => object): unknown {
	return class extends (Base as unknown as new (...args: unknown[]) => Watched) {
		override get() {
			calls.push("get");
			return super.get();
		}
		override put(item: object | null | undefined) {
			calls.push("put");
			super.put(item);
		}
		override discard(item: object | null | undefined) {
			calls.push("discard");
			super.discard(item);
		}
	};
}

/** What an instrumented pool is told of while `work` runs. */
function told(work: (pool: Watched) => void): string[] {
	slot.wrap = watching;
	try {
		const pool = new Pool<object>();
		calls.length = 0;
		work(pool);
		return [...calls];
	} finally {
		slot.wrap = undefined;
	}
}

describe("an instrumented pool", () => {
	test("is a Pool, and is made of one only while something instruments", () => {
		slot.wrap = watching;
		const pool = new Pool(() => 1);
		slot.wrap = undefined;
		assert.instanceOf(pool, Pool);
		assert.notStrictEqual(Object.getPrototypeOf(pool), Pool.prototype);
		assert.strictEqual(Object.getPrototypeOf(new Pool()), Pool.prototype);
		assert.strictEqual(pool.get(), 1);
	});

	test("leaves a subclass of the user's as it is", () => {
		slot.wrap = watching;
		class Mine extends (Pool as unknown as new () => Watched) {}
		const pool = new Mine();
		slot.wrap = undefined;
		assert.strictEqual(Object.getPrototypeOf(pool), Mine.prototype);
	});

	test("is told of every way in and out: leases", () => {
		assert.deepEqual(
			told((pool) => pool.lease().release()),
			["get", "put"],
		);
		assert.deepEqual(
			told((pool) => pool.lease().discard()),
			["get", "discard"],
		);
		assert.deepEqual(
			told((pool) => pool.lease()[Symbol.dispose]()),
			["get", "put"],
		);
	});

	test("is told of every way in and out: use, also after a throw", () => {
		assert.deepEqual(
			told((pool) => pool.use(() => 1)),
			["get", "put"],
		);
		const failing = (pool: Watched) => {
			assert.throws(
				() =>
					pool.use(() => {
						throw new Error("work");
					}),
				"work",
			);
		};
		assert.deepEqual(told(failing), ["get", "put"]);
	});

	test("is told of every way in and out: use of a promise, fulfilled and rejected", async () => {
		slot.wrap = watching;
		const pool = new Pool<object>();
		slot.wrap = undefined;
		calls.length = 0;
		await pool.use(async () => {});
		assert.deepEqual(calls, ["get", "put"]);
		await pool.use(() => Promise.reject(new Error("later"))).catch(() => {});
		assert.deepEqual(calls, ["get", "put", "get", "put"]);
	});
});
