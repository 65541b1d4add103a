import { test } from "node:test";
import {
	createPool,
	DefaultEvictor,
	Deque,
	type Factory,
	type Options,
	Pool,
	PriorityQueue,
} from "@ebbpool/generic-pool";
import { TimeoutError } from "@ebbpool/generic-pool/lib/errors";
import { assert } from "chai";

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

function factory(more: Partial<Factory<Resource>> = {}) {
	let made = 0;
	const destroyed: number[] = [];
	return {
		destroyed,
		create: async () => ({ id: ++made }),
		destroy: async ({ id }: Resource) => void destroyed.push(id),
		...more,
	};
}

const make = (options: Options = {}, more: Partial<Factory<Resource>> = {}) => {
	const made = factory(more);
	return { pool: createPool<Resource>(made, options), destroyed: made.destroyed };
};

async function close(pool: Pool<Resource>): Promise<void> {
	await pool.drain();
	await pool.clear();
	assert.strictEqual(pool.size, 0);
}

test("resources are lent, counted and given back at once", async () => {
	const { pool } = make({ max: 2 });
	assert.deepEqual([pool.max, pool.min, pool.size, pool.spareResourceCapacity], [2, 0, 0, 2]);
	const resource = await pool.acquire();
	assert.deepEqual([pool.size, pool.borrowed, pool.available, pool.pending], [1, 1, 0, 0]);
	assert.isTrue(pool.isBorrowedResource(resource));
	await pool.release(resource);
	assert.deepEqual([pool.borrowed, pool.available], [0, 1]);
	assert.isFalse(pool.isBorrowedResource(resource));
	const message = "Resource not currently part of this pool";
	assert.strictEqual((await rejection(pool.release(resource))).message, message);
	assert.strictEqual((await rejection(pool.destroy({ id: 9 }))).message, message);
	await close(pool);
});

test("callers are served by priority, and in order among equals", async () => {
	const { pool } = make({ max: 1, priorityRange: 3 });
	const held = await pool.acquire();
	const order: string[] = [];
	const waiting = [
		[2, "e"],
		[1, "c"],
		[0, "a"],
		[1, "d"],
		[0, "b"],
		[7, "f"],
	].map(async ([priority, name]) => {
		const mine = await pool.acquire(priority as number);
		order.push(name as string);
		await pool.release(mine);
	});
	assert.strictEqual(pool.pending, 6);
	await pool.release(held);
	await Promise.all(waiting);
	assert.strictEqual(order.join(""), "abcdef");
	await close(pool);
});

test("a wait ends by its timeout, with or without priorities, and takes nothing with it", async () => {
	for (const priorityRange of [1, 2]) {
		const { pool } = make({ max: 1, priorityRange, acquireTimeoutMillis: 10 });
		const held = await pool.acquire();
		const late = await rejection(pool.acquire(1));
		assert.deepEqual([late.name, late.message], ["TimeoutError", "ResourceRequest timed out"]);
		assert.instanceOf(late, TimeoutError);
		assert.strictEqual(pool.pending, 0);
		await pool.release(held);
		await pool.release(await pool.acquire());
		await close(pool);
	}
});

test("maxWaitingClients bounds the queue", async () => {
	const { pool } = make({ max: 1, maxWaitingClients: 1 });
	const held = await pool.acquire();
	const waiting = pool.acquire();
	assert.strictEqual((await rejection(pool.acquire())).message, "max waitingClients count exceeded");
	await pool.release(held);
	await pool.release(await waiting);
	await close(pool);
});

test("failed creations and destructions are events; callers wait on", async () => {
	let failures = 3;
	const { pool } = make(
		{ max: 1 },
		{
			create: async () => {
				if (failures-- > 0) throw new Error("refused");
				return { id: 1 };
			},
			destroy: async () => {
				throw new Error("stays");
			},
		},
	);
	const told: string[] = [];
	pool.on("factoryCreateError", ({ message }) => told.push(message));
	pool.on("factoryDestroyError", ({ message }) => told.push(message));
	await pool.destroy(await pool.acquire());
	await until(() => told.length === 4);
	assert.deepEqual(told, ["refused", "refused", "refused", "stays"]);
	await close(pool);
});

test("min is opened at the start, or with autostart: false at the first acquire, and refilled", async () => {
	const { pool, destroyed } = make({ min: 2, max: 3 });
	await pool.ready();
	assert.strictEqual(pool.available, 2);
	assert.strictEqual(pool.pending, 0);
	const resource = await pool.acquire();
	await pool.destroy(resource);
	await until(() => pool.available === 2);
	assert.deepEqual(destroyed, [1]);
	await close(pool);

	const later = make({ min: 2, max: 2, autostart: false }).pool;
	await delay(5);
	assert.strictEqual(later.size, 0);
	await later.release(await later.acquire());
	await until(() => later.available === 2);
	await close(later);
});

test("the evictor destroys what is idle for too long, some in each run; a custom one decides itself", async () => {
	const { pool, destroyed } = make({
		max: 5,
		idleTimeoutMillis: 1,
		evictionRunIntervalMillis: 5,
		numTestsPerEvictionRun: 2,
	});
	const all = await Promise.all(Array.from({ length: 5 }, () => pool.acquire()));
	for (const each of all) await pool.release(each);
	await until(() => destroyed.length === 5);
	await close(pool);

	const asked = new Set<number>();
	class OddOnesOut extends DefaultEvictor<Resource> {
		override evict(_: unknown, { obj }: { obj: Resource }) {
			asked.add(obj.id);
			return obj.id % 2 === 1;
		}
	}
	const made = factory();
	const options = { max: 5, evictionRunIntervalMillis: 2, numTestsPerEvictionRun: 1 };
	const own = new Pool<Resource>(OddOnesOut, Deque, PriorityQueue, made, options);
	const some = await Promise.all(Array.from({ length: 5 }, () => own.acquire()));
	for (const each of some) await own.release(each);
	await until(() => made.destroyed.length === 3 && asked.size === 5);
	assert.sameMembers(made.destroyed, [1, 3, 5]);
	assert.strictEqual(own.available, 2);
	await close(own);
});

test("an evictor whose answer is no more than truthy, as a promise is, destroys nothing", async () => {
	let asked = 0;
	class Asynchronous {
		async evict() {
			asked++;
			return true;
		}
	}
	const { destroyed, ...how } = factory();
	const options = { min: 1, evictionRunIntervalMillis: 1 };
	const pool = new Pool<Resource>(Asynchronous as never, Deque, PriorityQueue, how, options);
	await pool.ready();
	await until(() => asked > 2);
	assert.lengthOf(destroyed, 0);
	await pool.drain();
	await pool.clear();
});

test("testOnBorrow replaces what is not good", async () => {
	const { pool, destroyed } = make({ max: 1, testOnBorrow: true }, { validate: async ({ id }) => id > 1 });
	const resource = await pool.acquire();
	assert.strictEqual(resource.id, 2);
	assert.deepEqual(destroyed, [1]);
	await pool.release(resource);
	await close(pool);
});

test("use gives back what worked and destroys what did not, also where fn throws at once", async () => {
	const { pool, destroyed } = make();
	assert.strictEqual(await pool.use(async ({ id }) => id), 1);
	const failure = new Error("no");
	assert.strictEqual(await rejection(pool.use(() => Promise.reject(failure))), failure);
	assert.strictEqual(
		await rejection(
			pool.use(() => {
				throw failure;
			}),
		),
		failure,
	);
	await until(() => destroyed.length === 2);
	assert.deepEqual(destroyed, [1, 2]);
	await close(pool);
});

test("drain waits for what is out and refuses newcomers; idle resources stay until clear", async () => {
	const { pool, destroyed } = make({ max: 1 });
	const held = await pool.acquire();
	const waiting = pool.acquire();
	let drained = false;
	const drain = pool.drain().then(() => {
		drained = true;
	});
	assert.strictEqual((await rejection(pool.acquire())).message, "pool is draining and cannot accept work");
	await pool.release(held);
	const last = await waiting;
	await delay(5);
	assert.isFalse(drained);
	await pool.release(last);
	await drain;
	assert.strictEqual(pool.available, 1);
	assert.lengthOf(destroyed, 0);
	assert.isUndefined(await pool.clear());
	assert.deepEqual(destroyed, [1]);
});

test("a destruction that hangs is told, and its place is given to another", async () => {
	const { pool } = make({ max: 1, destroyTimeoutMillis: 5 }, { destroy: () => new Promise(() => {}) });
	const told = new Promise<Error>((resolve) => pool.on("factoryDestroyError", resolve));
	await pool.destroy(await pool.acquire());
	assert.strictEqual((await told).message, "destroy timed out");
	await pool.release(await pool.acquire());
	await close(pool);
});

test("wrong factories are refused, and options are read as leniently as there", () => {
	assert.throws(() => createPool({} as never), "factory.create must be a function");
	assert.throws(() => createPool({ create() {} } as never), "factory.destroy must be a function");
	assert.throws(() => createPool(factory({ validate: 5 as never })), "factory.validate must be a function");
	const { pool } = make({ min: "5", max: "3", maxWaitingClients: "x" } as never);
	assert.deepEqual([pool.max, pool.min], [3, 3]);
	const lenient = make({ min: -1, testOnReturn: true } as never).pool;
	assert.deepInclude(lenient._config, { min: -1, testOnReturn: true });
	assert.throws(() => make({ acquireTimeoutMillis: -1 }).pool.acquire(), "delay must be a positive int");
});

test("promises are of the class that the option names, and the module is its own default", async () => {
	class Mine<T> extends Promise<T> {}
	const { pool } = make({ Promise: Mine });
	const acquired = pool.acquire();
	assert.instanceOf(acquired, Mine);
	assert.instanceOf(pool.release(await acquired), Mine);
	assert.instanceOf(pool.drain(), Mine);
	const { default: whole } = await import("@ebbpool/generic-pool");
	assert.sameMembers(Object.keys(whole), ["Pool", "Deque", "PriorityQueue", "DefaultEvictor", "createPool"]);
});

test("the queues that it exports are generic-pool's", () => {
	const deque = new Deque<number>();
	deque.push(2);
	deque.push(3);
	deque.unshift(1);
	assert.deepEqual([...deque], [1, 2, 3]);
	assert.deepEqual([...deque.reverseIterator()], [3, 2, 1]);
	assert.deepEqual([deque.head, deque.tail, deque.length], [1, 3, 3]);
	assert.deepEqual([deque.shift(), deque.pop(), deque.length], [1, 3, 1]);
	const queue = new PriorityQueue<string>(2);
	queue.enqueue("later", 1);
	queue.enqueue("first");
	queue.enqueue("last", 9);
	assert.deepEqual([queue.head, queue.tail, queue.length], ["first", "last", 3]);
	assert.deepEqual(
		[queue.dequeue(), queue.dequeue(), queue.dequeue(), queue.dequeue()],
		["first", "later", "last", undefined],
	);
});
