import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { afterEach, beforeEach, describe, test } from "node:test";
import { assert } from "chai";
import { PoolError, type ResourcePoolOptions } from "ebbpool/resource";
import { rejectionOf } from "../contract/support/expect.ts";
import { type Thing, things, until } from "../contract/support/things.ts";

const CHANNELS = ["open", "close", "error", "leak", "reject"].map((event) => `ebbpool:resource:${event}`);

interface Message {
	readonly pool: string | undefined;
	readonly event: string;
	readonly args: readonly unknown[];
}

const heard: Message[] = [];
const receive = (message: unknown, name: string | symbol) => {
	const { event } = message as Message;
	assert.strictEqual(name, `ebbpool:resource:${event}`);
	heard.push(message as Message);
};
const named = (options: Partial<ResourcePoolOptions<Thing>> = {}) => things({ name: "db", ...options }).pool;

describe("to channels a pool tells, with its name, what listeners are given", () => {
	beforeEach(() => {
		heard.length = 0;
		for (const channel of CHANNELS) subscribe(channel, receive);
	});
	afterEach(() => {
		for (const channel of CHANNELS) unsubscribe(channel, receive);
	});

	test("when a resource is opened and closed", async () => {
		const pool = named();
		const lease = await pool.acquire();
		const opened = lease.item;
		await lease.discard();
		assert.deepEqual(
			heard.map(({ pool, event, args: [item] }) => ({ pool, event, item })),
			[
				{ pool: "db", event: "open", item: opened },
				{ pool: "db", event: "close", item: opened },
			],
		);
		assert.isAtLeast(Number(heard[0]?.args[1]), 0);
		assert.strictEqual(heard[1]?.args[1], "discarded");
	});

	test("when a hook fails", async () => {
		const failure = new Error("it was to fail");
		const pool = named({ reset: () => Promise.reject(failure) });
		await (await pool.acquire()).release();
		assert.deepEqual(
			heard.filter(({ event }) => event === "error"),
			[{ pool: "db", event: "error", args: [failure, "reset"] }],
		);
	});

	test("when a lease lasts too long, and nobody listens", async (t) => {
		t.mock.method(console, "warn", () => {});
		const pool = named({ leaseTimeout: 10 });
		const lease = await pool.acquire();
		await until(() => heard.some(({ event }) => event === "leak"));
		const told = heard.find(({ event }) => event === "leak");
		assert.strictEqual(told?.pool, "db");
		assert.deepInclude(told?.args[0], { item: lease.item });
		await lease.release();
	});

	test("when a caller is sent away", async () => {
		const pool = named({ max: 1, maxWaiting: 0 });
		const lease = await pool.acquire();
		const error = await rejectionOf(pool.acquire());
		assert.instanceOf(error, PoolError);
		assert.deepEqual(heard.slice(1), [{ pool: "db", event: "reject", args: [error, "queueFull"] }]);
		await lease.release();
	});

	test("and nothing once nobody subscribes any more", async () => {
		for (const channel of CHANNELS) unsubscribe(channel, receive);
		await (await named().acquire()).discard();
		assert.lengthOf(heard, 0);
	});
});
