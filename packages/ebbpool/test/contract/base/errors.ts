import { assert } from "chai";
import { onMajorGC, Pool, PoolError, type PoolErrorCode } from "ebbpool";
import { ByteBuffer } from "ebbpool/bytes";
import { enableChecks } from "ebbpool/checks";
import { ResourcePool } from "ebbpool/resource";
import { SharedPool, type SharedPoolHandle } from "ebbpool/shared";
import { expectCode, expectPoolError, rejectionOf } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";

/** Each code, and a mistake that leads to it. A new code does not compile before it has its line here. */
const mistakes: Record<PoolErrorCode, () => unknown> = {
	ERR_POOL_OPTION: () => new Pool({ order: "fifo" as "local-first" }),
	ERR_POOL_ARGUMENT: () => onMajorGC(3 as unknown as () => void),
	ERR_POOL_RANGE: () => new ByteBuffer().readByte(),
	ERR_POOL_NOT_HELD() {
		const buffer = new ByteBuffer();
		buffer.writeByte(1);
		void buffer.writeTo(new WritableStream({ write: () => new Promise<void>(() => {}) }));
		buffer.writeByte(2);
	},
	ERR_POOL_HOOK: () => new Pool({ reset: (async () => {}) as () => void }).put({}),
	ERR_POOL_DISPOSED() {
		const pool = new Pool(() => 1);
		pool[Symbol.dispose]();
		pool.get();
	},
	ERR_POOL_RELEASED() {
		const lease = new Pool(() => 1).lease();
		lease.release();
		return lease.item;
	},
	async ERR_POOL_EXHAUSTED() {
		const pool = await smallest();
		pool.get();
		pool.get();
	},
	ERR_POOL_HANDLE: () => SharedPool.attach({} as SharedPoolHandle),
	ERR_POOL_VIOLATION() {
		const disable = enableChecks();
		try {
			const pool = new Pool({ new: () => ({}) });
			const item = pool.get();
			pool.put(item);
			pool.put(item);
		} finally {
			disable();
		}
	},
	async ERR_POOL_TIMEOUT() {
		const pool = new ResourcePool({ create: async () => ({}), max: 1 });
		await pool.acquire();
		await pool.acquire({ timeout: 1 });
	},
	async ERR_POOL_QUEUE_FULL() {
		const pool = new ResourcePool({ create: async () => ({}), max: 1, maxWaiting: 0 });
		await pool.acquire();
		await pool.acquire();
	},
	async ERR_POOL_DRAINED() {
		const pool = new ResourcePool({ create: async () => ({}) });
		await pool.drain();
		await pool.acquire();
	},
};

async function smallest(): Promise<SharedPool> {
	const pool = SharedPool.create({ slotSize: 1, slots: 1 });
	await pool.ready;
	return pool;
}

export const errors: Suite = {
	name: "PoolError",
	cases: [
		...Object.entries(mistakes).map(([code, mistake]) => ({
			name: `${code} is a PoolError with a message`,
			async run() {
				const made = (async () => mistake())();
				const error = expectPoolError(await rejectionOf(made), code as PoolErrorCode);
				assert.instanceOf(error, Error);
				assert.match(error.name, /^Pool(Error|Violation)$/);
				assert.isAbove(error.message.length, 20);
				assert.include(String(error), error.message);
			},
		})),
		{
			name: "other values are no PoolErrors",
			run() {
				for (const value of [
					new Error("x"),
					new TypeError("x"),
					{ code: "ERR_POOL_HOOK" },
					null,
					undefined,
					"x",
				])
					assert.isFalse((value as unknown) instanceof PoolError, String(value));
			},
		},
		{
			name: "instanceof a subclass means that subclass",
			run() {
				class Special extends PoolError {}
				const plain = new PoolError("ERR_POOL_HOOK", "plain");
				const special = new Special("ERR_POOL_HOOK", "special");
				assert.isTrue(special instanceof PoolError && special instanceof Special);
				assert.isFalse(plain instanceof Special);
			},
		},
		{
			name: "carries a list of errors only where several were gathered",
			run() {
				assert.strictEqual(expectCode("ERR_POOL_DISPOSED", mistakes.ERR_POOL_DISPOSED).errors, undefined);
				const failing = new Pool<string>({
					dispose(word) {
						throw new Error(word);
					},
				});
				failing.put("one");
				failing.put("two");
				const gathered = expectCode("ERR_POOL_HOOK", () => failing.clear());
				assert.sameMembers(
					(gathered.errors as Error[]).map(({ message }) => message),
					["one", "two"],
				);
			},
		},
	],
};
