import { assert } from "chai";
import type { AcquireOptions, ResourceLease, ResourcePool } from "ebbpool/resource";
import type { Random } from "./random.ts";
import type { VirtualTime } from "./virtual-time.ts";
import type { Thing, World } from "./world.ts";

/** Calls of `acquire` in the order in which they were made, to see that they are served in that order. */
export class Arrivals {
	readonly #waiting = new Set<number>();
	#next = 0;
	#lastServed = -1;

	arrive(): number {
		this.#waiting.add(this.#next);
		return this.#next++;
	}

	leave(ticket: number): void {
		this.#waiting.delete(ticket);
	}

	serve(ticket: number): void {
		assert.isAbove(ticket, this.#lastServed, "somebody who came later was served first");
		this.#lastServed = ticket;
		this.leave(ticket);
	}

	/** Nobody is passed over; to be asked when all who were sent away at this moment have heard of it. */
	expectOrder(): void {
		for (const ticket of this.#waiting) {
			assert.isAbove(ticket, this.#lastServed, "somebody who came later was served, and this one waits");
		}
	}
}

export interface Scene {
	readonly random: Random;
	readonly time: VirtualTime;
	readonly world: World;
	readonly pool: ResourcePool<Thing>;
	readonly arrivals: Arrivals;
	readonly signals: AbortController[];
	readonly acquireTimeout: number;
	/** Whether leases may be forgotten: then only a drain's deadline ends them. */
	readonly leaky: boolean;
}

/** One user of the pool, who borrows, works and gives back several times, and sometimes gives up or goes wrong. */
export async function client(name: string, scene: Scene): Promise<void> {
	const { random, time } = scene;
	for (let rounds = random.int(1, 5); rounds > 0; rounds--) {
		await time.sleep(random.int(0, 40));
		const lease = await borrow(scene);
		if (lease === undefined) continue;
		if (lease === "drained") return;
		const item = taken(lease, scene);
		if (item === undefined) return;
		scene.world.lend(item, name);
		if (scene.leaky && random.chance(0.2)) return;
		await time.sleep(random.int(0, 30));
		if (random.chance(0.1)) item.retire();
		// A drain with a deadline may have taken it away.
		if (item.user === name) item.user = undefined;
		await giveBack(lease, random);
	}
}

/** What was borrowed, unless a drain that reached its deadline at this very moment has taken it away again. */
function taken(lease: ResourceLease<Thing>, { time, world }: Scene): Thing | undefined {
	try {
		return lease.item;
	} catch (error) {
		if (time.now() < world.forcedFrom) throw error;
		return undefined;
	}
}

async function giveBack(lease: ResourceLease<Thing>, random: Random): Promise<void> {
	const first = random.chance(0.1) ? lease.discard() : lease.release();
	if (random.chance(0.3)) await lease.release();
	if (random.chance(0.3)) await lease.discard();
	assert.throws(() => lease.item, "ResourceLease.item");
	if (random.chance(0.7)) await first;
}

async function borrow(scene: Scene): Promise<ResourceLease<Thing> | "drained" | undefined> {
	const { random, time, pool, arrivals } = scene;
	const timeout = random.chance(0.5) ? random.int(0, 100) : undefined;
	const controller = random.chance(0.4) ? chooseSignal(scene) : undefined;
	const options: AcquireOptions | undefined =
		timeout === undefined && controller === undefined ? undefined : { timeout, signal: controller?.signal };
	const start = time.now();
	const deadline = start + (timeout ?? scene.acquireTimeout);
	const wasAborted = controller?.signal.aborted === true;
	const ticket = arrivals.arrive();
	try {
		const lease = await pool.acquire(options);
		assert.isAtMost(time.now(), deadline + 1, "a lease came after the deadline");
		assert.isFalse(wasAborted, "a lease came to a signal that was aborted before");
		arrivals.serve(ticket);
		return lease;
	} catch (error) {
		arrivals.leave(ticket);
		if (error === ABORTED) {
			assert.isTrue(controller?.signal.aborted, "aborted without a signal");
			return undefined;
		}
		const { code } = error as { code?: string };
		if (code === undefined && (error as Error).name === "AssertionError") throw error;
		assert.isAtMost(time.now(), deadline + 1, "a rejection came after the deadline");
		if (code === "ERR_POOL_TIMEOUT" && String(error).includes("acquire")) {
			assert.isAtLeast(time.now(), deadline, "timed out before its time");
		}
		return code === "ERR_POOL_DRAINED" ? "drained" : undefined;
	}
}

/** The reason of every abort in a simulation. */
export const ABORTED = new Error("the user gave up");

/** A signal of one's own, or one that is shared by many and lives long; aborted sometime, perhaps at once. */
function chooseSignal({ random, time, signals }: Scene): AbortController {
	const controller = random.chance(0.5) ? random.pick(signals) : new AbortController();
	if (!signals.includes(controller)) {
		signals.push(controller);
		if (random.chance(0.1)) controller.abort(ABORTED);
	}
	if (random.chance(0.4)) void time.sleep(random.int(0, 60)).then(() => controller.abort(ABORTED));
	return controller;
}
