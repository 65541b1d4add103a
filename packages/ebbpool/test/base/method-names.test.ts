import { test } from "node:test";
import { inspect } from "node:util";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { assert } from "chai";
import { Pool, PoolError, poolCleanup } from "ebbpool";
import { BufferPool, ByteBuffer } from "ebbpool/bytes";
import { ResourcePool } from "ebbpool/resource";
import { SharedPool, type SharedPoolHandle } from "ebbpool/shared";

/** What a call fails with, now or later. */
async function errorOf(call: () => unknown): Promise<Error> {
	try {
		await call();
	} catch (error) {
		assert.instanceOf(error, Error);
		return error;
	}
	assert.fail("nothing was thrown");
}

const messageOf = async (call: () => unknown): Promise<string> => (await errorOf(call)).message;

const disposed = <P extends Disposable>(pool: P): P => {
	pool[Symbol.dispose]();
	return pool;
};

const noWork = () => assert.fail("work ran without an item");

test("lease and use of a pool that was disposed of are named themselves, not the get inside of them", async () => {
	const pool = disposed(new Pool(() => ({})));
	const buffers = disposed(new BufferPool());
	const shared = disposed(SharedPool.create({ slotSize: 8, slots: 1 }));
	const got = "expected a pool, got a disposed one";
	assert.strictEqual(await messageOf(() => pool.get()), `Pool.get: ${got}`);
	assert.strictEqual(await messageOf(() => pool.lease()), `Pool.lease: ${got}`);
	assert.strictEqual(await messageOf(() => pool.use(noWork)), `Pool.use: ${got}`);
	assert.strictEqual(await messageOf(() => buffers.get(8)), `BufferPool.get: ${got}`);
	assert.strictEqual(await messageOf(() => buffers.lease(8)), `BufferPool.lease: ${got}`);
	assert.strictEqual(await messageOf(() => buffers.use(8, noWork)), `BufferPool.use: ${got}`);
	assert.strictEqual(await messageOf(() => shared.get()), `SharedPool.get: ${got}`);
	assert.strictEqual(await messageOf(() => shared.lease()), `SharedPool.lease: ${got}`);
	assert.strictEqual(await messageOf(() => shared.use(noWork)), `SharedPool.use: ${got}`);
});

test("what new throws reaches the caller of use as it is, also if it is another pool's error", async () => {
	const inner = disposed(new Pool(() => ({})));
	const outer = new Pool(() => inner.get());
	assert.match(await messageOf(() => outer.use(noWork)), /^Pool\.get: /);
});

test("memory that there is not is told in the name of the method that asked for it", async () => {
	const much = 2 ** 53 - 1;
	const pooled = () => new ByteBuffer({ pool: { get: () => new Uint8Array(1), put() {} } });
	assert.match(await messageOf(() => new BufferPool().get(much)), /^BufferPool\.get: expected memory /);
	assert.match(await messageOf(() => new BufferPool().lease(much)), /^BufferPool\.lease: expected memory /);
	assert.match(
		await messageOf(() => new BufferPool().use(much, noWork)),
		/^BufferPool\.use: expected memory /,
	);
	assert.match(await messageOf(() => new ByteBuffer().grow(much)), /^ByteBuffer\.grow: expected memory /);
	assert.match(await messageOf(() => pooled().grow(9)), /^ByteBuffer\.grow: pool\.get: expected .* got 1$/);
	assert.match(await messageOf(() => pooled().writeString("text")), /^ByteBuffer\.writeString: pool\.get: /);
});

test("no free slot is told in the name of the method that wanted one, with its code", async () => {
	const pool = SharedPool.create({ slotSize: 8, slots: 1 });
	using _block = pool.get();
	for (const [name, call] of [
		["get", () => pool.get()],
		["lease", () => pool.lease()],
		["use", () => pool.use(noWork)],
	] as const) {
		const error = await errorOf(call);
		assert.propertyVal(error, "code", "ERR_POOL_EXHAUSTED");
		assert.include(error.message, `SharedPool.${name}: expected a free slot, but all 1`);
	}
});

test("several errors inside one call are told in the name of the method", async () => {
	const fail = () => {
		throw new Error("a hook's");
	};
	const dirty = new Pool({ new: () => ({}), reset: fail, dispose: fail });
	assert.match(await messageOf(() => dirty.put({})), /^Pool\.put: expected no error, got 2/);
	assert.match(await messageOf(() => dirty.use(fail)), /^Pool\.use: expected no error, got 3/);
	assert.match(await messageOf(() => dirty.use(async () => fail())), /^Pool\.use: expected no error, got 3/);
	const full = () => {
		const pool = new Pool({ dispose: fail });
		pool.put({});
		pool.put({});
		return pool;
	};
	const [cleared, ended, aged] = [full(), full(), full()];
	assert.match(await messageOf(() => cleared.clear()), /^Pool\.clear: expected no error, got 2/);
	assert.match(
		await messageOf(() => ended[Symbol.dispose]()),
		/^Pool\[Symbol\.dispose\]: expected no error, got 2/,
	);
	const age = () => {
		poolCleanup();
		poolCleanup();
	};
	assert.match(await messageOf(age), /^poolCleanup: expected no error, got 2/);
	assert.strictEqual(aged.stats().disposed, 2);
});

test("a ResourcePool's refusals name use where use was called, warmUp where that was, and the limit assigned", async () => {
	const make = async () => ({});
	const pool = new ResourcePool({ create: make, max: 1, maxWaiting: 1 });
	const lease = await pool.acquire();
	const late = await messageOf(() => pool.use(noWork, { timeout: 1 }));
	assert.match(late, /^ResourcePool\.use: expected a resource within 1 ms; 1 of 1 open/);
	const waiting = pool.acquire();
	assert.match(await messageOf(() => pool.use(noWork)), /^ResourcePool\.use: expected at most 1 waiting/);
	await lease.release();
	await (await waiting).release();
	const options = { timeout: -1 };
	assert.match(
		await messageOf(() => pool.use(noWork, options)),
		/^ResourcePool\.use: option timeout: expected/,
	);
	assert.match(
		await messageOf(() => pool.acquire(options)),
		/^ResourcePool\.acquire: option timeout: expected/,
	);
	const assign = (limit: "max" | "min", value: number) => () => {
		pool[limit] = value;
	};
	assert.match(
		await messageOf(assign("max", 0)),
		/^ResourcePool\.max: expected a whole number from 1 .*got 0$/,
	);
	assert.match(
		await messageOf(assign("min", 2)),
		/^ResourcePool\.min: expected at most max, which is 1, got 2$/,
	);
	assert.match(
		await messageOf(() => new ResourcePool({ create: make, max: 0 })),
		/^ResourcePool: option max: expected .*got 0$/,
	);
	await pool.drain();
	const got = "expected a pool, got a drained one";
	assert.strictEqual(await messageOf(() => pool.use(noWork)), `ResourcePool.use: ${got}`);
	assert.strictEqual(await messageOf(() => pool.acquire()), `ResourcePool.acquire: ${got}`);
	assert.strictEqual(await messageOf(() => pool.warmUp()), `ResourcePool.warmUp: ${got}`);
});

test("what create throws reaches the caller of use as it is, also if it is another pool's refusal", async () => {
	const inner = new ResourcePool({ create: async () => ({}) });
	await inner.drain();
	const outer = new ResourcePool({ create: () => inner.acquire() });
	assert.match(await messageOf(() => outer.use(noWork)), /^ResourcePool\.acquire: expected a pool/);
	await outer.drain();
});

test("a timeout told by use keeps what creations failed with as its cause", async () => {
	const failure = new Error("no route");
	const create = async () => {
		throw failure;
	};
	const pool = new ResourcePool({ create, retryCreate: true });
	const error = await pool.use(noWork, { timeout: 30 }).catch((thrown: unknown) => thrown);
	assert.instanceOf(error, PoolError);
	assert.match(error.message, /^ResourcePool\.use: expected a resource within 30 ms/);
	assert.strictEqual(error.cause, failure);
	await pool.drain();
});

test("a handle of a SharedPool is printed as one line, and means the same after a message", async () => {
	const pool = SharedPool.create({ slotSize: 8, slots: 1, name: "frames" });
	assert.match(inspect(pool.handle, { showHidden: true }), /^SharedPoolHandle \{ frames, \d+ bytes \}$/);
	const plain = { ...pool.handle };
	assert.sameOrderedMembers(Reflect.ownKeys(plain), ["memory", "name", "reservedId"]);
	const worker = new Worker("", { eval: true });
	const { port1, port2 } = new MessageChannel();
	for (const handle of [pool.handle, pool.handleFor(worker), plain]) {
		port1.postMessage(handle);
		const posted: { message: SharedPoolHandle } | undefined = receiveMessageOnPort(port2);
		assert.strictEqual(SharedPool.attach(posted?.message as SharedPoolHandle), pool);
		assert.strictEqual(SharedPool.attach(handle), pool);
	}
	port1.close();
	await worker.terminate();
});
