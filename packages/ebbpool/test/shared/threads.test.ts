import { once } from "node:events";
import { afterEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { assert } from "chai";
import { type BytesPoolOptions, type SharedBlock, SharedPool, struct } from "ebbpool/shared";
import { expectCode } from "../contract/support/expect.ts";
import { Agent } from "./support/hire.ts";

const agents: Agent[] = [];
afterEach(async () => {
	await Promise.all(agents.splice(0).map(({ worker }) => worker.terminate()));
});

function create(options: Partial<BytesPoolOptions> = {}): SharedPool {
	return SharedPool.create({ slotSize: 64, slots: 8, magazine: 0, ...options });
}

function hire(pool: SharedPool, withoutWaitAsync = false): Agent {
	const agent = new Agent(pool, withoutWaitAsync);
	agents.push(agent);
	return agent;
}

function takeAll(pool: SharedPool): SharedBlock[] {
	const blocks: SharedBlock[] = [];
	for (let block = pool.tryGet(); block !== undefined; block = pool.tryGet()) blocks.push(block);
	return blocks;
}

function expectAllFree(pool: SharedPool, slots: number): void {
	const blocks = takeAll(pool);
	assert.lengthOf(blocks, slots);
	for (const { bytes } of blocks) assert.isTrue(bytes.every((byte) => byte === 0));
}

describe("several threads", () => {
	test("share the slots: what one holds, another does not get", async () => {
		const pool = create();
		const agent = hire(pool);
		await agent.tell({ name: "hold", count: 5 });
		assert.lengthOf(takeAll(pool), 3);
		assert.deepInclude(pool.stats(), { slots: 8, free: 0, held: 8 });
	});

	test("a slot that another thread's growth made needs no message to be seen", async () => {
		const pool = create({ slots: 1, maxSlots: 64 });
		const agent = hire(pool);
		await agent.tell({ name: "hold", count: 40 });
		const block = pool.adopt(await agent.tell({ name: "give" }));
		assert.isTrue(block.bytes.every((byte) => byte === 7));
		pool.put(block);
		assert.lengthOf(takeAll(pool), 25);
	});

	test("bytes go from thread to thread with a message", async () => {
		const pool = create();
		const [one, other] = [hire(pool), hire(pool)];
		await one.tell({ name: "hold", count: 1 });
		const message = await one.tell({ name: "give" });
		assert.strictEqual(await other.tell({ name: "adopt", message }), 7);
		expectCode("ERR_POOL_NOT_HELD", () => pool.adopt(message));
	});

	test("a pool that was dropped leaves nothing behind in its thread", async () => {
		const attachments = Reflect.get(globalThis, Symbol.for("ebbpool.attachments.2")) as Map<string, object>;
		for (const magazine of [0, 4]) {
			const id = (() => {
				const before = new Set(attachments.keys());
				create({ magazine });
				return [...attachments.keys()].find((id) => !before.has(id)) as string;
			})();
			assert.isTrue(attachments.has(id));
			for (let i = 0; i < 50 && attachments.has(id); i++) {
				await sleep(10);
				(globalThis.gc as () => void)();
			}
			assert.isFalse(attachments.has(id));
		}
	});

	test("a layout that a thread attaches with later gives fields to the blocks that it has", async () => {
		const pool = SharedPool.create({ layout: struct({ id: "u32" }), slots: 8, magazine: 0 });
		const agent = hire(pool as unknown as SharedPool);
		await agent.tell({ name: "hold", count: 1 });
		assert.strictEqual(await agent.tell({ name: "identify" }), 0x07070707);
	});

	for (const withoutWaitAsync of [false, true]) {
		const how = withoutWaitAsync ? ", without Atomics.waitAsync" : "";
		test(`getAsync gets what an idle thread keeps in its magazine${how}`, async () => {
			const pool = create({ magazine: 4 });
			const agent = hire(pool, withoutWaitAsync);
			assert.strictEqual(await agent.tell({ name: "use", count: 8 }), 4);
			takeAll(pool);
			const blocks: SharedBlock[] = [];
			for (let i = 0; i < 4; i++) blocks.push(await pool.getAsync({ timeout: 30_000 }));
			assert.isUndefined(pool.tryGet());
			const message = pool.give(blocks[0] as SharedBlock);
			const waiting = agent.tell({ name: "wait" });
			await sleep(20);
			pool.put(pool.adopt(message));
			assert.strictEqual(await waiting, 1);
		});
	}

	test("getAsync gets what another thread puts, and what a dead one held", async () => {
		const pool = create({ slots: 2 });
		const agent = hire(pool);
		await agent.tell({ name: "hold", count: 2 });
		const waiting = pool.getAsync({ timeout: 20_000 });
		await agent.tell({ name: "put" });
		await waiting;
		const another = pool.getAsync({ timeout: 20_000 });
		void agent.worker.terminate();
		assert.isTrue((await another).bytes.every((byte) => byte === 0));
	});
});

describe("a thread that dies", () => {
	test("loses exactly what it held, also in a busy loop", async () => {
		const pool = create({ slots: 16 });
		const [one, other] = [hire(pool), hire(pool)];
		await one.tell({ name: "hold", count: 5 });
		await other.tell({ name: "hold", count: 4 });
		const mine = pool.get();
		mine.bytes.fill(1);
		one.worker.postMessage({ name: "spin" });
		await sleep(20);
		await one.kill(pool);
		assert.deepInclude(pool.stats(), { held: 5, free: 11, reclaimed: 5 });
		assert.isTrue(mine.bytes.every((byte) => byte === 1));
		assert.strictEqual(await other.tell({ name: "put" }), 3);
	});

	test("loses what lay in its magazine", async () => {
		const pool = create({ magazine: 4 });
		const agent = hire(pool);
		await agent.tell({ name: "use", count: 8 });
		await agent.kill(pool);
		expectAllFree(pool, 8);
	});

	for (const late of [false, true]) {
		const when = late ? "after" : "before";
		test(`takes the workers with it that it tracked ${when} they were attached, and what they held`, async () => {
			const pool = create({ slots: 16 });
			const agent = hire(pool);
			await agent.tell({ name: "hold", count: 2 });
			assert.strictEqual(await agent.tell({ name: "employ", count: 3, late }), 3);
			assert.strictEqual(pool.stats().held, 5);
			await agent.kill(pool);
			expectAllFree(pool, 16);
		});
	}

	test("with a message in its queue loses nothing that was given to it by name", async () => {
		const pool = create();
		const agent = hire(pool);
		await agent.tell({ name: "use", count: 1 });
		agent.worker.postMessage({ name: "spin" });
		const message = pool.give(pool.get(), agent.worker);
		agent.worker.postMessage({ name: "adopt", message });
		await agent.kill(pool);
		expectCode("ERR_POOL_NOT_HELD", () => pool.adopt(message));
		expectAllFree(pool, 8);
	});

	test("leaves to the giver what was given to nobody by name: revoke takes it back", async () => {
		const pool = create();
		const agent = hire(pool);
		agent.worker.postMessage({ name: "spin" });
		const block = pool.get();
		block.bytes.fill(5);
		const message = pool.give(block);
		agent.worker.postMessage({ name: "adopt", message });
		await agent.kill(pool);
		assert.isTrue(pool.revoke(message)?.bytes.every((byte) => byte === 5));
	});

	test("right after it gave a block away leaves it to whoever awaits its end", async () => {
		const pool = create();
		const agent = hire(pool);
		await agent.tell({ name: "hold", count: 2 });
		const exit = once(agent.worker, "exit");
		const message = await agent.tell({ name: "bequeath" });
		// As late as the message itself can come.
		await exit;
		const block = pool.adopt(message);
		assert.isTrue(block.bytes.every((byte) => byte === 7));
		await pool.reap(agent.worker);
		assert.deepInclude(pool.stats(), { held: 1, reclaimed: 1 });
	});

	test("cannot be given anything, and the block stays held", async () => {
		const pool = create();
		const agent = hire(pool);
		await agent.kill(pool);
		const block = pool.get();
		expectCode("ERR_POOL_ARGUMENT", () => pool.give(block, agent.worker));
		block.bytes[0] = 1;
		pool.put(block);
		expectAllFree(pool, 8);
	});

	test("before it attached is no trouble; nor is one that ends by itself", async () => {
		const pool = create();
		const early = hire(pool);
		await early.kill(pool);
		const late = hire(pool);
		await late.tell({ name: "hold", count: 3 });
		const exit = once(late.worker, "exit");
		late.worker.unref();
		await late.worker.terminate();
		await exit;
		await pool.reap(late.worker);
		expectAllFree(pool, 8);
	});
});

test("a pool of 4,096 × 64 KiB that is never used costs less than 2 MiB", () => {
	const before = process.memoryUsage.rss();
	const pool = SharedPool.create({ slotSize: 65_536, slots: 4096 });
	const after = process.memoryUsage.rss();
	assert.strictEqual(pool.stats().slots, 4096);
	assert.isBelow(after - before, 2 * 2 ** 20);
});
