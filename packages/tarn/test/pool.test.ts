import { test } from "node:test";
import { Pool, TimeoutError } from "@ebbpool/tarn";
import { PendingOperation } from "@ebbpool/tarn/dist/PendingOperation";
import { Pool as DeepPool, type PoolOptions } from "@ebbpool/tarn/dist/Pool";
import { PromiseInspection } from "@ebbpool/tarn/dist/PromiseInspection";
import { TimeoutError as DeepTimeoutError } from "@ebbpool/tarn/dist/TimeoutError";
import { assert } from "chai";

type Options = ConstructorParameters<typeof Pool<Resource>>[0];

interface Resource {
	readonly id: number;
}

const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function rejection(promise: PromiseLike<unknown>): Promise<Error> {
	try {
		await promise;
	} catch (error) {
		return error as Error;
	}
	throw new Error("it was not rejected");
}

async function until(what: () => boolean): Promise<void> {
	const deadline = Date.now() + 20_000;
	while (!what()) {
		if (Date.now() > deadline) throw new Error(`it never came to ${what}`);
		await delay(1);
	}
}

function make(options: Partial<Options> = {}) {
	let made = 0;
	const destroyed: number[] = [];
	const pool = new Pool<Resource>({
		create: async () => ({ id: ++made }),
		destroy: ({ id }) => void destroyed.push(id),
		min: 0,
		max: 2,
		...options,
	});
	return { pool, destroyed };
}

test("resources are lent, counted and given back; who waits is served in order", async () => {
	const { pool } = make({ max: 1 });
	const first = pool.acquire();
	assert.deepEqual([pool.numPendingCreates(), pool.numPendingAcquires()], [1, 1]);
	const resource = await first.promise;
	assert.deepEqual([pool.numUsed(), pool.numFree()], [1, 0]);
	const order: string[] = [];
	const waiting = ["a", "b", "c"].map(async (name) => {
		const mine = await pool.acquire().promise;
		order.push(name);
		assert.isTrue(pool.release(mine));
	});
	assert.strictEqual(pool.numPendingAcquires(), 3);
	assert.isTrue(pool.release(resource));
	await Promise.all(waiting);
	assert.deepEqual(order, ["a", "b", "c"]);
	assert.isFalse(pool.release(resource));
	assert.isFalse(pool.release({ id: 99 }));
	await pool.destroy();
	assert.isTrue(pool.isEmpty());
});

test("create may call back, return a promise or the resource; what it fails with is retried", async () => {
	const ways: Options["create"][] = [
		(callback) => void setImmediate(callback, null, { id: 1 }),
		() => ({ id: 2 }),
		async () => ({ id: 3 }),
	];
	for (const [i, create] of ways.entries()) {
		const { pool } = make({ create });
		const resource = await pool.acquire().promise;
		assert.strictEqual(resource.id, i + 1);
		pool.release(resource);
		await pool.destroy();
	}
	let failures = 3;
	const { pool } = make({
		createRetryIntervalMillis: 5,
		create: (callback) => (failures-- > 0 ? callback(new Error("refused"), undefined as never) : { id: 9 }),
	});
	const resource = await pool.acquire().promise;
	assert.strictEqual(resource.id, 9);
	pool.release(resource);
	await pool.destroy();
});

test("a wait ends by its timeout with what creations failed with, or with propagateCreateError at the first failure", async () => {
	const create = async () => {
		throw new Error("refused");
	};
	const patient = make({ create, acquireTimeoutMillis: 60 });
	const operation = patient.pool.acquire();
	const late = await rejection(operation.promise);
	assert.instanceOf(late, TimeoutError);
	assert.strictEqual(late.message, "refused");
	assert.isTrue(operation.isRejected);
	assert.propertyVal(operation.possibleTimeoutCause, "message", "refused");
	await patient.pool.destroy();

	const quick = make({ create, propagateCreateError: true, acquireTimeoutMillis: 200, max: 1 });
	const [first, second] = [quick.pool.acquire(), quick.pool.acquire()];
	const error = await rejection(first.promise);
	assert.strictEqual(error.message, "refused");
	assert.notInstanceOf(error, TimeoutError);
	assert.isFalse(second.isRejected);
	await rejection(second.promise);
	await quick.pool.destroy();
});

test("abort gives up a wait, and the resource is there for the next", async () => {
	const { pool } = make({ max: 1 });
	const held = await pool.acquire().promise;
	const given = pool.acquire();
	const next = pool.acquire();
	given.abort();
	assert.strictEqual((await rejection(given.promise)).message, "aborted");
	assert.strictEqual(pool.numPendingAcquires(), 1);
	pool.release(held);
	const idle = await next.promise;
	pool.release(idle);
	// It has the idle one already.
	const immediate = pool.acquire();
	immediate.abort();
	assert.strictEqual(await immediate.promise, idle);
	assert.isFalse(immediate.isRejected);
	pool.release(idle);
	await pool.destroy();
});

test("new and idle resources are validated, and what is not good is replaced", async () => {
	const { pool, destroyed } = make({ max: 1, validate: async ({ id }) => id > 2 });
	const resource = await pool.acquire().promise;
	assert.strictEqual(resource.id, 3);
	assert.deepEqual(destroyed, [1, 2]);
	pool.release(resource);
	await pool.destroy();
});

test("idle resources above min are closed, and the interval runs only as long as there is something", async () => {
	const { pool, destroyed } = make({ min: 1, idleTimeoutMillis: 5, reapIntervalMillis: 5 });
	assert.isNull(pool.interval);
	const [a, b] = await Promise.all([pool.acquire().promise, pool.acquire().promise]);
	assert.isNotNull(pool.interval);
	pool.release(a);
	pool.release(b);
	await until(() => destroyed.length === 1);
	await delay(20);
	assert.strictEqual(pool.numFree(), 1);
	await pool.destroy();
	assert.isNull(pool.interval);
	assert.lengthOf(destroyed, 2);
});

test("destroy waits for what is out, sends away who waits, and tells how it went", async () => {
	const { pool, destroyed } = make({ max: 1 });
	const held = await pool.acquire().promise;
	const waiting = rejection(pool.acquire().promise);
	const destroy = pool.destroy();
	assert.strictEqual((await waiting).message, "aborted");
	assert.lengthOf(destroyed, 0);
	pool.release(held);
	const inspection = await destroy;
	assert.isFalse(inspection.isRejected());
	assert.isUndefined(inspection.value());
	assert.isUndefined(inspection.reason());
	assert.deepEqual(destroyed, [1]);
	assert.strictEqual((await rejection(pool.acquire().promise)).message, "aborted");
	await pool.destroy();
});

test("events have ids that go together, and listeners that throw are logged", async () => {
	const logged: string[] = [];
	const { pool } = make({ max: 1, log: (message) => logged.push(message) });
	const seen: unknown[][] = [];
	const note =
		(event: string) =>
		(...args: unknown[]) =>
			void seen.push([event, ...args]);
	const events = [
		"acquireRequest",
		"acquireSuccess",
		"createRequest",
		"createSuccess",
		"release",
		"startReaping",
	] as const;
	for (const event of events) pool.on(event, note(event));
	pool.on("release", () => {
		throw new Error("a listener's");
	});
	const resource = await pool.acquire().promise;
	pool.release(resource);
	assert.deepEqual(seen, [
		["acquireRequest", 1],
		["createRequest", 2],
		["createSuccess", 2, resource],
		["startReaping"],
		["acquireSuccess", 1, resource],
		["release", resource],
	]);
	assert.include(logged[0], 'Tarn: event handler "release" threw an exception Error: a listener\'s');
	pool.removeAllListeners();
	await pool.destroy();
});

test("a destroyer that hangs or fails is logged, and holds up nobody", async () => {
	const logged: string[] = [];
	const hangs = make({
		destroy: () => new Promise(() => {}),
		destroyTimeoutMillis: 5,
		log: (text) => logged.push(text),
	});
	hangs.pool.release(await hangs.pool.acquire().promise);
	await hangs.pool.destroy();
	const fails = make({
		destroy: () => {
			throw new Error("no");
		},
		log: (text) => logged.push(text),
	});
	fails.pool.release(await fails.pool.acquire().promise);
	await fails.pool.destroy();
	assert.lengthOf(logged, 2);
	for (const text of logged) assert.match(text, /^Tarn: resource destroyer threw an exception /);
});

test("maxWaiting, leaseTimeout and stats are for who asks", async () => {
	const { pool } = make({ max: 1, maxWaiting: 0, leaseTimeout: 5, name: "mine" });
	const leak = new Promise<{ item: Resource }>((resolve) => pool.on("leak", resolve));
	const held = await pool.acquire().promise;
	assert.propertyVal(await rejection(pool.acquire().promise), "code", "ERR_POOL_QUEUE_FULL");
	const alive = setInterval(() => {}, 1_000);
	assert.strictEqual((await leak).item, held);
	clearInterval(alive);
	assert.include(pool.stats(), { name: "mine", inUse: 1 });
	pool.release(held);
	await pool.destroy();
});

test("the module has tarn's two exports, as itself and as its default", async () => {
	const { default: whole, ...named } = await import("@ebbpool/tarn");
	assert.sameMembers(Object.keys(whole), ["Pool", "TimeoutError"]);
	assert.strictEqual(named.Pool, Pool);
});

test("what others take from the files below tarn's dist, as the types of mssql do, is there", async () => {
	assert.strictEqual(DeepPool, Pool);
	assert.strictEqual(DeepTimeoutError, TimeoutError);
	const options: PoolOptions<Resource> = { create: async () => ({ id: 1 }), destroy() {}, min: 0, max: 1 };
	const pool = new DeepPool<Resource>(options);
	const operation = pool.acquire();
	assert.instanceOf(operation, PendingOperation);
	pool.release(await operation.promise);
	assert.instanceOf(await pool.destroy(), PromiseInspection);
});

test("a validation that takes too long is logged as tarn logs what took too long", async () => {
	const logged: string[] = [];
	const { pool } = make({
		acquireTimeoutMillis: 10,
		validate: () => new Promise<never>(() => {}),
		log: (message: string) => logged.push(message),
	});
	await rejection(pool.acquire().promise);
	await until(() => logged.length > 0);
	assert.match(
		logged[0] as string,
		/^Tarn: resource validator threw an exception Error: operation timed out for an unknown reason/,
	);
	await pool.destroy();
});

test("who waits sees another creation after createRetryIntervalMillis, and a newcomer sooner", async () => {
	let tried = 0;
	const { pool } = make({
		create: async () => {
			tried++;
			throw new Error("refused");
		},
		createRetryIntervalMillis: 1_000_000,
		acquireTimeoutMillis: 1_000_000,
	});
	const waiting = [pool.acquire()];
	await until(() => pool.resources.stats().openFailed === 1);
	await delay(50);
	assert.deepEqual([tried, pool.numPendingCreates(), pool.numPendingAcquires()], [1, 0, 1]);
	waiting.push(pool.acquire());
	await until(() => tried === 2);
	for (const operation of waiting) operation.abort();
	for (const { promise } of waiting) await rejection(promise);
	assert.isTrue(pool.isEmpty());
	await pool.destroy();
});

test("what create made twice is lent twice, and given back as often", async () => {
	const only = { id: 1 };
	const { pool, destroyed } = make({ create: async () => only });
	const [first, second] = await Promise.all([pool.acquire().promise, pool.acquire().promise]);
	assert.strictEqual(first, second);
	assert.deepEqual([pool.release(only), pool.release(only), pool.release(only)], [true, true, false]);
	assert.deepEqual([pool.numUsed(), pool.numFree()], [0, 2]);
	assert.strictEqual(await pool.acquire().promise, only);
	assert.isTrue(pool.release(only));
	await pool.destroy();
	assert.deepEqual(destroyed, [1, 1]);
});

test("one that came after createTimeoutMillis is destroyed, and if that fails it is logged", async () => {
	const logged: string[] = [];
	const { pool } = make({
		createTimeoutMillis: 10,
		propagateCreateError: true,
		log: (message) => void logged.push(message),
		create: (callback) => void setTimeout(callback, 40, null, { id: 1 }),
		destroy: async () => {
			throw new Error("will not end");
		},
	});
	assert.instanceOf(await rejection(pool.acquire().promise), TimeoutError);
	await until(() => logged.length > 0);
	assert.include(logged[0], "Tarn: resource destroyer threw an exception Error: will not end");
	await pool.destroy();
});

test("of a callback and a result the first one counts", async () => {
	const { pool } = make({
		create: (callback) => {
			callback(null, { id: 1 });
			return { id: 2 };
		},
	});
	const resource = await pool.acquire().promise;
	pool.release(resource);
	await pool.destroy();
	assert.deepEqual(resource, { id: 1 });
});

test("where nothing created was valid, a wait that ends has no cause", async () => {
	const { pool } = make({ validate: () => false, acquireTimeoutMillis: 30 });
	const operation = pool.acquire();
	const late = await rejection(operation.promise);
	assert.instanceOf(late, TimeoutError);
	assert.strictEqual(late.message, "operation timed out for an unknown reason");
	assert.isNull(operation.possibleTimeoutCause);
	await pool.destroy();
});

test("a creation that fails with nothing is passed on as that", async () => {
	const { pool } = make({ create: () => Promise.reject(), propagateCreateError: true });
	const told = await pool.acquire().promise.then(
		() => ["got one"],
		(error: unknown) => ["failed with", error],
	);
	assert.deepEqual(told, ["failed with", undefined]);
	await pool.destroy();
});
