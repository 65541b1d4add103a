import { getEventListeners } from "node:events";
import { assert } from "chai";
import type { ResourcePool, ResourcePoolOptions, ResourcePoolStats } from "ebbpool/resource";
import { Arrivals, client, type Scene } from "./client.ts";
import { Random } from "./random.ts";
import { VirtualTime } from "./virtual-time.ts";
import { type Thing, type Weather, World } from "./world.ts";

/** The pool's inner constructor, which takes its time and chance from outside. */
export type SimulatedPool = new (
	options: ResourcePoolOptions<Thing>,
	environment: VirtualTime,
) => ResourcePool<Thing>;

/** Longer than any client with its five rounds, each of which may wait for a second in vain. */
const LONG = 10_000;

/** What every settled moment must satisfy. */
export function expectSound(stats: ResourcePoolStats, max: number): void {
	const told = JSON.stringify(stats);
	const { open, opening, idle, checking, inUse, resetting, closing } = stats;
	const there = idle + checking + inUse + resetting + closing;
	const closed = Object.values(stats.closed).reduce((sum, count) => sum + count, 0);
	assert.strictEqual(open, opening + there, `open is the sum of its parts in ${told}`);
	assert.strictEqual(stats.opened, there + closed, `what was opened is there or closed in ${told}`);
	assert.isAtMost(open, max, told);
	if (stats.waiting > 0 && idle > 0)
		assert.isAbove(checking, 0, `somebody waits beside an idle one in ${told}`);
}

/** The longest that a hook takes that ends, in virtual milliseconds. */
const SLOWEST = 50;

/** Where the last creation succeeded, nobody waits beside a free place; where one broke since, one at least is on its way. */
function expectSupplied(
	{ open, opening, checking, waiting }: ResourcePoolStats,
	max: number,
	broke: World["broke"],
): void {
	const coming = opening + checking;
	const wanted = broke === "unused" ? 0 : broke === "used" ? Math.min(1, waiting) : waiting;
	assert.isTrue(open === max || coming >= wanted, `${waiting} wait, ${coming} come, ${open} of ${max} open`);
}

/** The process stays alive only for somebody who waits, and for hooks. */
function expectAsleep(stats: ResourcePoolStats, world: World, time: VirtualTime): void {
	const { waiting, opening, checking, resetting, closing } = stats;
	if (waiting + opening + checking + resetting + closing > 0 || world.destroys) return;
	assert.strictEqual(time.alive, 0, "a timer keeps the process alive although nobody waits");
}

/** One random history of a pool, from its first user to after its drain; rejects if a rule was broken. */
export async function simulate(Pool: SimulatedPool, seed: number): Promise<void> {
	const random = new Random(seed);
	const time = new VirtualTime(random);
	const options = randomOptions(random);
	const { max, destroyTimeout, acquireTimeout, drainTimeout, retryDelay } = options;
	const world = new World(random, time, randomWeather(random), { max, destroyTimeout });
	const { create, destroy, validate, reset } = world;
	const pool = new Pool(
		{
			...options,
			create,
			destroy,
			validate: random.chance(0.4) ? validate : undefined,
			reset: random.chance(0.4) ? reset : undefined,
		},
		time,
	);
	const leaky = random.chance(0.15);
	const signals = [new AbortController(), new AbortController()];
	const scene: Scene = {
		random,
		time,
		world,
		pool,
		arrivals: new Arrivals(),
		signals,
		acquireTimeout,
		leaky,
	};
	let failure: unknown;
	let failing = false;
	const failed = (error: unknown): void => {
		failure ??= error;
	};
	pool.on("error", (error, during) => {
		if ((error as Error).name === "AssertionError") failed(error);
		if (during === "create") {
			if (!failing) world.pausedUntil = time.now() + retryDelay;
			failing = true;
		}
		const { open, closing, waiting } = pool.stats();
		if (during === "create" && open === closing && waiting > 0) failed(new Error("a failure reached nobody"));
	});
	pool.on("leak", () => {});
	pool.on("open", () => {
		failing = false;
		world.broke = undefined;
		world.pausedUntil = 0;
	});
	let running = 0;
	for (let clients = random.int(1, 12); clients > 0; clients--) {
		running++;
		const over = () => void running--;
		client(`client ${clients}`, scene).catch(failed).then(over);
	}

	let draining = false;
	const settled = () => {
		if (failure !== undefined) throw failure;
		world.expectBounded();
		scene.arrivals.expectOrder();
		expectSound(pool.stats(), max);
		if (!draining) expectAsleep(pool.stats(), world, time);
		if (!failing) expectSupplied(pool.stats(), max, world.broke);
	};
	const drainsEarly = random.chance(0.5);
	if (drainsEarly) {
		await time.run(random.int(0, 200), settled);
	} else {
		await time.run(LONG, settled);
		assert.strictEqual(running, 0, "somebody waits for ever");
		const { idle, open, inUse, waiting } = pool.stats();
		assert.strictEqual(waiting, 0);
		if (!leaky) assert.strictEqual(inUse, 0, "a lease got lost");
		assert.strictEqual(open, idle + inUse, "a place got lost");
		assert.isAtMost(idle, options.min, "idle ones above min were kept");
		assert.strictEqual(time.alive, 0, "a timer keeps the process alive although nobody waits");
	}

	draining = true;
	const start = time.now();
	const ends = start + drainTimeout;
	let drained: "in time" | "late" | undefined;
	world.forcedFrom = ends;
	const drains = random.int(1, 2);
	for (let i = 0; i < drains; i++) {
		pool
			.drain()
			.then(
				() => {
					drained = "in time";
					world.expectClosed();
				},
				(error) => {
					drained = "late";
					assert.strictEqual(error.code, "ERR_POOL_TIMEOUT");
					assert.isAtLeast(time.now(), ends);
					world.expectClosed();
				},
			)
			.catch(failed);
	}
	pool
		.acquire()
		.then(
			() => failed(new Error("a newcomer was served during the drain")),
			(error) => assert.strictEqual(error.code, "ERR_POOL_DRAINED"),
		)
		.catch(failed);
	// What is being created may still come, and is destroyed then.
	await time.run(ends + SLOWEST + destroyTimeout + 2, settled);
	assert.isDefined(drained, "the drain never ended");
	await time.run(time.now() + LONG, settled);

	assert.strictEqual(running, 0, "somebody waits for ever");
	assert.deepInclude(pool.stats(), { open: 0, waiting: 0 });
	for (const { id, destroyed } of world.things)
		assert.isTrue(destroyed, `thing ${id} is alive after the drain`);
	assert.strictEqual(time.alive, 0, "a timer keeps the process alive after the drain");
	for (const { signal } of signals) {
		assert.lengthOf(getEventListeners(signal, "abort"), 0, "a listener is left on a signal");
	}
}

function randomWeather(random: Random): Weather {
	const calm = random.chance(0.3);
	return {
		fails: calm ? 0 : random.pick([0, 0.05, 0.3, 0.9]),
		hangs: calm ? 0 : random.pick([0, 0.02, 0.2]),
		synchronous: random.pick([0, 0.1, 0.5, 1]),
		slowest: random.pick([0, 5, SLOWEST]),
	};
}

function randomOptions(random: Random) {
	const max = random.int(1, 4);
	return {
		max,
		min: random.int(0, max),
		maxWaiting: random.pick([0, 1, 3, 1000]),
		acquireTimeout: random.pick([1, 20, 100, 1000]),
		createTimeout: random.pick([10, 30, 100]),
		validateTimeout: random.pick([3, 20]),
		resetTimeout: random.pick([3, 20]),
		destroyTimeout: random.pick([3, 20]),
		drainTimeout: random.pick([1, 50, 5000]),
		retryDelay: random.pick([1, 50]),
		idleTimeout: random.pick([10, 100, 1000]),
		maxLifetime: random.pick([20, 200, Number.POSITIVE_INFINITY]),
		maxUses: random.pick([1, 3, Number.POSITIVE_INFINITY]),
		leaseTimeout: random.pick([undefined, undefined, 10]),
		order: random.pick(["lifo", "fifo"] as const),
	};
}
