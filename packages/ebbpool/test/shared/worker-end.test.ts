import { once } from "node:events";
import { afterEach, describe, mock, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { assert } from "chai";
import { SharedPool } from "ebbpool/shared";
import { Agent } from "./support/hire.ts";

/** How long a promise may take that others fear never settles, in ms. */
const PATIENCE = 20_000;

const create = () => SharedPool.create({ slotSize: 64, slots: 4, magazine: 0 });

async function holdTwo(pool: SharedPool): Promise<Worker> {
	const agent = new Agent(pool);
	await agent.tell({ name: "hold", count: 2 });
	return agent.worker;
}

async function expectReaped(pool: SharedPool, worker: Worker): Promise<void> {
	const late = new AbortController();
	const outcome = await Promise.race([
		pool.reap(worker).then(() => "reaped"),
		sleep(PATIENCE, "never", { signal: late.signal, ref: true }).catch(() => "never"),
	]);
	late.abort();
	assert.strictEqual(outcome, "reaped");
	assert.strictEqual(pool.stats().free, 4);
}

describe("what a dead worker held comes back", () => {
	afterEach(() => mock.timers.reset());

	for (const api of ["setImmediate", "setTimeout", "setInterval"] as const) {
		test(`though ${api} is fake while it ends`, async () => {
			const pool = create();
			const worker = await holdTwo(pool);
			mock.timers.enable({ apis: [api] });
			await worker.terminate();
			mock.timers.reset();
			await expectReaped(pool, worker);
		});
	}

	const removals: Readonly<Record<string, (worker: Worker) => void>> = {
		'removeAllListeners("exit")': (worker) => void worker.removeAllListeners("exit"),
		"removeAllListeners()": (worker) => void worker.removeAllListeners(),
		"off for each listener": (worker) => {
			for (const listener of worker.listeners("exit")) worker.off("exit", listener as () => void);
		},
	};
	for (const [name, remove] of Object.entries(removals)) {
		test(`though ${name} was called on it while it ran`, async () => {
			const pool = create();
			const worker = await holdTwo(pool);
			remove(worker);
			await sleep(1);
			await worker.terminate();
			for (let i = 0; i < 1000 && pool.stats().free < 4; i++) await sleep(5);
			assert.strictEqual(pool.stats().free, 4);
			await expectReaped(pool, worker);
		});

		test(`though ${name} was called in the very turn of its end`, async () => {
			const pool = create();
			const worker = await holdTwo(pool);
			const exit = once(worker, "exit");
			worker.prependListener("exit", () => remove(worker));
			void worker.terminate();
			await exit;
			await expectReaped(pool, worker);
		});
	}

	test("though every listener that tells of removals is gone, too: reap looks itself", async () => {
		const pool = create();
		const worker = await holdTwo(pool);
		const emit = worker.emit.bind(worker);
		Object.assign(worker, {
			emit: (event: string, ...args: unknown[]) => event !== "removeListener" && emit(event, ...args),
		});
		worker.removeAllListeners("removeListener");
		worker.removeAllListeners("exit");
		await worker.terminate();
		await expectReaped(pool, worker);
	});
});
