import { test } from "node:test";
import FakeTimers from "@sinonjs/fake-timers";
import { assert } from "chai";
import { configure, Pool } from "ebbpool";
import { PoolError, ResourcePool } from "ebbpool/resource";
import { installFakeTimers, nodeTest, pause, sinon, turn, untilReally } from "../support/fake-timers.ts";

const fakers = [sinon, nodeTest];

/** Runs `body` while sinon's timers are in force. */
async function withFakeTimers(body: (clock: FakeTimers.Clock) => Promise<void>): Promise<void> {
	const clock = installFakeTimers();
	try {
		await body(clock);
	} finally {
		clock.uninstall();
	}
}

const code = (error: unknown) => (error instanceof PoolError ? error.code : String(error));

test("fake timers installed while somebody waits end that wait and the next one", async () => {
	const clock = FakeTimers.createClock();
	const inForce = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
	const pool = new ResourcePool({ create: async () => ({}), max: 1, acquireTimeout: 60_000 });
	const lease = await pool.acquire();
	const codes = [pool.acquire().catch(code)];
	Object.assign(globalThis, { setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout });
	try {
		codes.push(pool.acquire().catch(code), pool.acquire().catch(code));
		clock.tick(61_000);
		assert.deepEqual(await Promise.all(codes), Array(3).fill("ERR_POOL_TIMEOUT"));
	} finally {
		Object.assign(globalThis, inForce);
	}
	await lease.release();
});

test("what is idle is closed at its time where that is short, each at its own", async () => {
	await withFakeTimers(async (clock) => {
		let opened = 0;
		const destroyed: number[] = [];
		const pool = new ResourcePool({
			create: async () => ({ id: ++opened }),
			destroy: ({ id }) => void destroyed.push(id),
			idleTimeout: 100,
		});
		const leases = await Promise.all([pool.acquire(), pool.acquire()]);
		await leases[0]?.release();
		clock.tick(60);
		await leases[1]?.release();
		clock.tick(39);
		await turn();
		assert.lengthOf(destroyed, 0);
		clock.tick(1);
		await turn();
		assert.lengthOf(destroyed, 1);
		clock.tick(100);
		await turn();
		assert.lengthOf(destroyed, 2);
		await pool.drain();
	});
});

test("a lifetime ends within its last tenth, whatever chance says", async () => {
	await withFakeTimers(async (clock) => {
		const pool = new ResourcePool({ create: async () => ({}), max: 20, maxLifetime: 1_000 });
		const leases = await Promise.all(Array.from({ length: 20 }, () => pool.acquire()));
		for (const lease of leases) await lease.release();
		clock.tick(899);
		await turn();
		assert.strictEqual(pool.stats().closed.lifetime, 0);
		clock.tick(101);
		await turn();
		assert.strictEqual(pool.stats().closed.lifetime, 20);
		await pool.drain();
	});
});

test("what is over leaves no timer behind", async () => {
	await withFakeTimers(async (clock) => {
		const pool = new ResourcePool({ create: async () => ({}), max: 2, idleTimeout: 600_000 });
		const leases = await Promise.all([pool.acquire(), pool.acquire()]);
		for (const lease of leases) await lease.release();
		assert.isAbove(clock.countTimers(), 0);
		await pool.drain({ timeout: 60_000 });
		assert.strictEqual(clock.countTimers(), 0);
	});
});

test("what is idle is not given up before its timeout, whenever it became idle, and a quarter later at the most", async () => {
	await withFakeTimers(async (clock) => {
		const closedAt: number[] = [];
		const pool = new ResourcePool({ create: async () => ({}), idleTimeout: 4_000, maxLifetime: Infinity });
		pool.on("close", () => void closedAt.push(clock.now));
		const leases = [await pool.acquire(), await pool.acquire()];
		const releasedAt = [clock.now, clock.now + 2_990];
		await leases[0]?.release();
		clock.tick(2_990);
		await leases[1]?.release();
		for (let i = 0; i < 60; i++) {
			clock.tick(100);
			await turn();
		}
		const idle = closedAt.map((time, i) => time - Number(releasedAt[i]));
		assert.lengthOf(idle, 2);
		// Each of five timers may count a fraction of a millisecond as a whole one.
		for (const time of idle) assert.isTrue(time >= 4_000 && time <= 5_050, `${idle}`);
	});
});

for (const { name, install, tick, uninstall } of fakers) {
	for (const when of ["before the pool was made", "after somebody waited", "while somebody waits"]) {
		test(`fake timers of ${name}, installed ${when}, end waits, drains and what is idle`, async () => {
			try {
				if (when === "before the pool was made") install();
				const closed: string[] = [];
				const pool = new ResourcePool({
					create: async () => ({}),
					max: 2,
					acquireTimeout: 60_000,
					idleTimeout: 60_000,
				});
				pool.on("close", (_, reason) => void closed.push(reason));
				const [lease, idle] = [await pool.acquire(), await pool.acquire()];
				if (when === "after somebody waited") {
					const waiting = pool.acquire();
					void idle.release();
					void (await waiting).release();
					install();
				} else if (when === "while somebody waits") {
					const waiting = pool.acquire();
					install();
					void idle.release();
					void (await waiting).release();
				} else void idle.release();
				await turn();
				const other = await pool.acquire();
				let outcome = "waits";
				pool.acquire().catch((error) => {
					outcome = code(error);
				});
				tick(30_000);
				await turn();
				assert.strictEqual(outcome, "waits");
				tick(90_000);
				await turn();
				await turn();
				assert.strictEqual(outcome, "ERR_POOL_TIMEOUT");

				await other.release();
				for (let i = 0; i < 8; i++) {
					tick(15_000);
					await turn();
				}
				assert.deepEqual(closed, ["idle"]);

				pool.drain({ timeout: 12_000 }).catch((error) => {
					outcome = `drain: ${code(error)}`;
				});
				tick(24_000);
				await turn();
				await turn();
				assert.strictEqual(outcome, "drain: ERR_POOL_TIMEOUT");
				await lease.release();
			} finally {
				uninstall();
			}
		});
	}
}

for (const { name, install, tick, uninstall } of fakers) {
	for (const [when, ms] of Object.entries({ "at once": 0, "a little later": 400 })) {
		test(`time that ${name} passes ${when} is over for what waited and was idle before, without a call`, async () => {
			const closed: string[] = [];
			const busy = new ResourcePool({ create: async () => ({}), max: 1, acquireTimeout: 600_000 });
			const idle = new ResourcePool({ create: async () => ({}), idleTimeout: 600_000 });
			idle.on("close", (_, reason) => void closed.push(reason));
			await idle.use(() => {});
			const lease = await busy.acquire();
			let outcome = "waits";
			busy.acquire().catch((error) => {
				outcome = code(error);
			});
			install();
			try {
				await pause(ms);
				tick(1_200_000);
				await untilReally(() => outcome === "ERR_POOL_TIMEOUT");
				await untilReally(() => closed[0] === "idle");
			} finally {
				uninstall();
			}
			await lease.release();
		});
	}

	test(`what ${name} lets pass at once is over for what is idle, as soon as somebody looks`, async () => {
		const pool = new ResourcePool({ create: async () => ({}), idleTimeout: 600_000 });
		await pool.use(() => {});
		install();
		try {
			tick(599_000);
			assert.equal(pool.stats().idle, 1);
			tick(400_000);
			await turn();
			assert.equal(pool.stats().idle, 0);
		} finally {
			uninstall();
		}
	});

	test(`a resource that comes back under the timers of ${name}, and a jump of theirs, is as new`, async () => {
		const pool = new ResourcePool({ create: async () => ({}), idleTimeout: 600_000 });
		const lease = await pool.acquire();
		await pool.use(() => {});
		install();
		try {
			tick(1_200_000);
			await lease.release();
			await untilReally(() => pool.stats().closed.idle === 1);
			await turn();
			assert.equal(pool.stats().idle, 1);
		} finally {
			uninstall();
		}
	});
}

for (const { name, install, tick, uninstall } of fakers) {
	for (const when of ["before the pools were made", "after they were used"]) {
		test(`one tick of ${name}, installed ${when}, passes all the time that it says`, async () => {
			const stop = () => configure({ idleCleanup: 120_000 });
			try {
				if (when === "before the pools were made") install();
				configure({ idleCleanup: 900 });
				const make = (idleTimeout: number) =>
					new ResourcePool({ create: async () => ({}), max: 2, acquireTimeout: 1000, idleTimeout });
				const [busy, idle] = [make(60_000), make(1000)];
				const pooled = new Pool(() => ({}));
				const lease = await busy.acquire();
				const waiting = [busy.acquire(), busy.acquire()];
				await lease.release();
				const leases = await Promise.all(waiting);
				await Promise.all([1, 2].map(() => idle.use(() => {})));
				if (when === "after they were used") install();
				await idle.use(() => {});
				const codes: unknown[] = [];
				for (const timeout of [500, undefined, 1500, 2500]) {
					busy.acquire({ timeout }).catch((error) => void codes.push(code(error)));
				}
				pooled.put({});
				tick(2000);
				await turn();
				assert.deepEqual(codes, Array(3).fill("ERR_POOL_TIMEOUT"));
				assert.equal(idle.stats().idle, 0);
				assert.equal(pooled.stats().evicted, 1);
				tick(2000);
				await turn();
				assert.equal(codes.length, 4);
				for (const lease of leases) await lease.release();
			} finally {
				stop();
				uninstall();
			}
		});
	}
}
