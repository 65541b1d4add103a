import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { assert } from "chai";
import { PoolError, SharedPool } from "ebbpool/shared";
import * as layout from "../../dist/shared/core/layout.js";
import { Ledger } from "./support/ledger.ts";
import { seeded } from "./support/random.ts";
import type { StressTask } from "./support/stress-worker.ts";
import { SLOTS, User } from "./support/user.ts";

const long = process.env["EBBPOOL_LONG"] === "1";
const THREADS = 4;
const GENERATION = 1 << 10;

interface Crew {
	readonly workers: Set<Worker>;
	/** Those of the past, too. */
	readonly all: Worker[];
	/** Marks for the next worker. */
	next: number;
}

/** A pool whose generations wrap after a few puts. */
function nearlyWrapped(options: { readonly slots: number; readonly maxSlots: number }): SharedPool {
	const pool = SharedPool.create({ slotSize: 48, ...options });
	const words = new Int32Array(pool.handle.memory);
	for (let slot = 0; slot < options.maxSlots; slot++) {
		words[layout.ownerAt(slot as layout.SlotIndex)] = -GENERATION * (1 + (slot % 50));
	}
	return pool;
}

function hire(crew: Crew, pool: SharedPool, ledger: Ledger, user: User, random: () => number): Worker {
	const mark = crew.next++;
	const workerData: StressTask = {
		pool: pool.handle,
		ledger: ledger.memory,
		mark,
		seed: Math.floor(random() * 2 ** 31),
	};
	const worker = new Worker(new URL("./support/stress-worker.js", import.meta.url), { workerData });
	worker.once("exit", () => {
		ledger.bury(mark);
		crew.workers.delete(worker);
	});
	worker.once("error", () => ledger.count(Ledger.FAILED));
	pool.track(worker);
	worker.on("message", (message: number) => {
		try {
			user.receive(pool.adopt(message));
		} catch (error) {
			if (!(error instanceof PoolError) || error.code !== "ERR_POOL_NOT_HELD") throw error;
		}
	});
	crew.workers.add(worker);
	crew.all.push(worker);
	return worker;
}

async function stress(kills: number, seed: number): Promise<string> {
	const random = seeded(seed);
	const pool = nearlyWrapped({ slots: 32, maxSlots: 128 });
	const ledger = new Ledger(SLOTS);
	const crew: Crew = { workers: new Set(), all: [], next: 2 };
	const user = new User(pool, ledger, 1, random);
	while (crew.workers.size < THREADS - 1) hire(crew, pool, ledger, user, random);

	const exits: Promise<unknown>[] = [];
	for (let killed = 0; killed < kills; killed++) {
		await sleep(random() * 12);
		for (let i = 0; i < 50; i++) user.step();
		const workers = [...crew.workers];
		const receiver = workers[Math.floor(random() * workers.length)] as Worker;
		const message = user.give(receiver);
		if (message !== undefined) receiver.postMessage(message);
		const victim = workers[Math.floor(random() * workers.length)] as Worker;
		const exit = once(victim, "exit");
		exits.push(exit);
		crew.workers.delete(victim);
		void victim.terminate();
		hire(crew, pool, ledger, user, random);
		if (random() < 0.5) await exit;
	}
	ledger.count(Ledger.STOP);
	user.putAll();
	await Promise.all([...exits, ...[...crew.workers].map((worker) => once(worker, "exit"))]);
	// The pool takes back what a worker held a turn after its `exit`.
	await Promise.all(crew.all.map((worker) => pool.reap(worker)));

	const figures = `${kills} kills, ${ledger.read(Ledger.OPERATIONS)} operations, ${ledger.read(Ledger.HANDED_OVER)} hand-overs, ${pool.stats().reclaimed} slots reclaimed, seed ${seed}`;
	assert.strictEqual(ledger.read(Ledger.FAILED), 0, `workers that failed: ${figures}`);
	assert.strictEqual(ledger.read(Ledger.DOUBLY_HELD), 0, `doubly held: ${figures}`);
	assert.strictEqual(ledger.read(Ledger.STALE_BYTES), 0, `stale bytes: ${figures}`);
	assert.strictEqual(ledger.read(Ledger.CHANGED_BYTES), 0, `changed bytes: ${figures}`);
	const { slots, kept, free } = pool.stats();
	assert.strictEqual(free + kept, slots, `lost slots in ${JSON.stringify(pool.stats())}: ${figures}`);
	const all = new Set<number>();
	for (let block = pool.tryGet(); block !== undefined; block = pool.tryGet()) {
		assert.isTrue(block.bytes.every((byte) => byte === 0));
		all.add(block.bytes.byteOffset);
	}
	assert.strictEqual(all.size, 128, figures);
	return figures;
}

test("workers that are killed at random lose no slot, and nobody sees another's bytes", async (t) => {
	const seed = Number(process.env["EBBPOOL_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
	t.diagnostic(`seed ${seed}`);
	t.diagnostic(await stress(long ? 1000 : 50, seed));
});
