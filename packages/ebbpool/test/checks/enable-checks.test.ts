import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { assert } from "chai";
import { Pool, PoolError } from "ebbpool";
import { BufferPool } from "ebbpool/bytes";
import { type CheckOptions, enableChecks, PoolViolation, reportLeaks } from "ebbpool/checks";
import { ResourcePool } from "ebbpool/resource";
import { SharedPool } from "ebbpool/shared";
import { findings } from "./support.ts";

function thrownBy(work: () => unknown): unknown {
	try {
		work();
	} catch (error) {
		return error;
	}
	return assert.fail("expected a throw");
}

function putTwice(pool: Pool<object>): void {
	const item = pool.get();
	pool.put(item);
	pool.put(item);
}

describe("enableChecks", () => {
	test("throws a PoolViolation at the call by default, and the pool does not take the item twice", () => {
		const disable = enableChecks();
		try {
			const pool = new Pool({ name: "lists", new: () => ({}) });
			let thrown: unknown;
			try {
				putTwice(pool);
			} catch (error) {
				thrown = error;
			}
			assert.instanceOf(thrown, PoolViolation);
			assert.instanceOf(thrown, PoolError);
			const violation = thrown as PoolViolation;
			assert.equal(violation.code, "ERR_POOL_VIOLATION");
			assert.equal(violation.kind, "doublePut");
			assert.equal(violation.pool, "lists");
			assert.equal(pool.stats().local, 1);
		} finally {
			disable();
		}
	});

	test("pools made before, and pools made after its end, are not checked", () => {
		const before = new Pool({ new: () => ({}) });
		enableChecks()();
		putTwice(before);
		putTwice(new Pool({ new: () => ({}) }));
	});

	test("a checked pool goes on unchecked when the checks have ended, and its items are whole", () => {
		const disable = enableChecks();
		const pool = new Pool({ new: () => ({ value: 7 }) });
		pool.put(pool.get());
		disable();
		assert.equal(pool.get().value, 7);
		putTwice(pool);
	});

	test("a watched lease of any pool is printed as any other", async () => {
		const disable = enableChecks();
		try {
			const shared = await SharedPool.create({ slots: 2, slotSize: 64 });
			const resources = new ResourcePool({ create: () => ({}) });
			const leases = [
				new Pool({ new: () => ({}) }).lease(),
				new BufferPool().lease(16),
				shared.lease(),
				await resources.acquire(),
			];
			assert.deepEqual(
				leases.map((lease) => inspect(lease)),
				leases.map(() => "Lease { held }"),
			);
			for (const lease of leases) await lease?.release();
			assert.deepEqual(
				leases.map((lease) => inspect(lease)),
				leases.map(() => "Lease { ended }"),
			);
		} finally {
			disable();
		}
	});

	test("a checked pool is an instance of Pool, and of subclasses where those are made", () => {
		class Special extends (Pool as new (make: () => object) => Pool<object>) {}
		const disable = enableChecks();
		try {
			assert.instanceOf(new Pool(() => ({})), Pool);
			assert.instanceOf(new Special(() => ({})), Special);
		} finally {
			disable();
		}
	});

	test("a get that throws what was done to an item gives that item to nobody", () => {
		const disable = enableChecks();
		try {
			const pool = new Pool({ new: () => [1], stats: true });
			const list = pool.get();
			pool.put(list);
			list.length = 0;
			assert.throws(() => pool.get(), PoolViolation, "length of an item was changed");
			assert.deepEqual(pool.get(), [1]);
			assert.equal(pool.stats().out, 1);
		} finally {
			disable();
		}
	});

	test("options may be frozen, and each is read once, own or not", async () => {
		for (const sample of [1, 0.5]) {
			const found = await findings(
				() => {
					const options = { new: () => ({}), reset() {}, keep: () => true, dispose() {}, name: "read" };
					const pool = new Pool<object>(Object.freeze(options));
					for (let i = 0; i < 20; i++) pool.put(pool.get());
					const reads: string[] = [];
					new Pool<object>(
						new Proxy(options, {
							get: (target, key) => {
								if (Object.hasOwn(target, key)) reads.push(String(key));
								return Reflect.get(target, key);
							},
						}),
					);
					assert.sameMembers(reads, Object.keys(options));
				},
				{ sample },
			);
			assert.deepEqual(found, []);
		}
	});

	test("what a pool was given back is no leak, whatever its hooks threw, nor is an array that was discarded", async () => {
		let kept: unknown;
		for (const sample of [1, 0.5]) {
			const found = await findings(
				() => {
					const pool = new Pool({ new: () => ({}), reset: () => assert.fail("not now") });
					const arrays = new BufferPool();
					kept = [pool, arrays];
					for (let i = 0; i < 20; i++) {
						assert.throws(() => pool.use(() => {}), "not now");
						arrays.lease(100).discard();
						arrays.discard(arrays.get(100));
					}
				},
				{ sample },
			);
			assert.deepEqual(found, []);
		}
		assert.isDefined(kept);
	});

	test("a BufferPool tells of an array that is discarded after its put", async () => {
		const found = await findings(() => {
			const pool = new BufferPool();
			const array = pool.get(100);
			pool.put(array);
			pool.discard(array);
			assert.strictEqual(pool.stats().discarded, 0);
		});
		assert.deepEqual(
			found.map(({ kind }) => kind),
			["doublePut"],
		);
	});

	test("a lease of tryAcquire is watched as one of acquire", async () => {
		const found = await findings(async () => {
			const pool = new ResourcePool({ create: () => ({}) });
			assert.isUndefined(pool.tryAcquire());
			await pool.use(() => {});
			const lease = pool.tryAcquire();
			await lease?.release();
			await lease?.release();
			assert.throws(() => lease?.item);
		});
		assert.deepEqual(
			found.map(({ kind }) => kind),
			["doublePut", "useAfterPut"],
		);
	});

	test("errors may have a number of frames that cannot be changed", async () => {
		const frames = Object.getOwnPropertyDescriptor(Error, "stackTraceLimit") ?? {};
		Object.defineProperty(Error, "stackTraceLimit", { ...frames, writable: false });
		try {
			const found = await findings(() => putTwice(new Pool({ new: () => ({}) })));
			assert.lengthOf(found, 1);
		} finally {
			Object.defineProperty(Error, "stackTraceLimit", frames);
		}
	});

	test("a get that throws what was done to an item throws with it what disposing of that item throws", () => {
		const disable = enableChecks();
		try {
			const pool = new Pool({ new: () => [1], dispose: () => assert.fail("not now") });
			const list = pool.get();
			pool.put(list);
			list.length = 0;
			const error = thrownBy(() => pool.get()) as PoolError;
			assert.instanceOf(error.errors?.[0], PoolViolation);
			assert.match(String(error.errors?.[1]), /not now/);
		} finally {
			disable();
		}
	});

	test("checks that were enabled twice end in any order", () => {
		const found: string[] = [];
		const first = enableChecks({ onViolation: () => found.push("first") });
		const second = enableChecks({ onViolation: () => found.push("second") });
		first();
		putTwice(new Pool({ new: () => ({}) }));
		second();
		putTwice(new Pool({ new: () => ({}) }));
		assert.deepEqual(found, ["second"]);
		const third = enableChecks({ onViolation: () => found.push("third") });
		const fourth = enableChecks({ onViolation: () => found.push("fourth") });
		fourth();
		putTwice(new Pool({ new: () => ({}) }));
		third();
		assert.deepEqual(found, ["second", "third"]);
	});

	test("reportLeaks tells at once of what a collection took", async () => {
		const found: PoolViolation[] = [];
		const disable = enableChecks({ onViolation: (violation) => found.push(violation) });
		try {
			const pool = new Pool({ name: "lost", new: () => ({}) });
			await new Promise<void>((resolve) => {
				setTimeout(() => {
					pool.get();
					resolve();
				}, 1);
			});
			await new Promise((resolve) => setTimeout(resolve, 1));
			globalThis.gc?.();
			reportLeaks();
			assert.deepEqual(
				found.map(({ kind }) => kind),
				["leaks"],
			);
			pool.clear();
		} finally {
			disable();
		}
	});

	test("what a check's function throws goes where uncaught errors go, and the program goes on", async () => {
		const found = await findings(() => putTwice(new Pool({ new: () => ({}) })));
		assert.lengthOf(found, 1);
	});

	for (const [option, value] of Object.entries({
		leaks: 1,
		chaos: 2,
		seed: -1,
		sample: 0,
		onViolation: "report",
		doubleput: true,
	})) {
		test(`refuses ${option}: ${value}`, () => {
			assert.throws(() => enableChecks({ [option]: value } as CheckOptions), PoolError, option);
		});
	}
});

describe("ebbpool/checks/register", () => {
	const run = (environment: Record<string, string>) =>
		spawnSync(
			process.execPath,
			["--import", "ebbpool/checks/register", "--input-type=module", "--eval", PROGRAM],
			{
				cwd: fileURLToPath(new URL(".", import.meta.url)),
				env: { ...process.env, ...environment },
				encoding: "utf8",
			},
		);
	const PROGRAM = `
		import { createRequire } from "node:module";
		import { Pool } from "ebbpool";
		const { Pool: Other } = createRequire(process.cwd() + "/x.js")("ebbpool");
		for (const Each of [Pool, Other]) {
			const pool = new Each({ name: Each === Pool ? "esm" : "cjs", new: () => ({}) });
			const item = pool.get();
			pool.put(item);
			pool.put(item);
		}
	`;

	test("finds the pools of every copy of the package, CommonJS included, and warns", () => {
		const { stderr, status } = run({});
		assert.equal(status, 0, stderr);
		assert.match(stderr, /doublePut in pool "esm"/);
		assert.match(stderr, /doublePut in pool "cjs"/);
	});

	test("EBBPOOL_CHECKS chooses", () => {
		const { stderr, status } = run({ EBBPOOL_CHECKS: "leaks, dirtyPut" });
		assert.equal(status, 0, stderr);
		assert.notInclude(stderr, "doublePut");
	});

	for (const [variable, value] of Object.entries({
		EBBPOOL_CHECKS_SEED: "seven",
		EBBPOOL_CHECKS_SAMPLE: "0",
		EBBPOOL_CHECKS_ON_VIOLATION: "shout",
	})) {
		test(`${variable}=${value} is refused at once, by its name`, () => {
			const { stderr, status } = run({ [variable]: value });
			assert.notEqual(status, 0);
			assert.match(stderr, new RegExp(`${variable}: expected .*, got "${value}"`));
		});
	}

	test("variables that are empty are as those that are not set", () => {
		const { stderr, status } = run({
			EBBPOOL_CHECKS: " ",
			EBBPOOL_CHECKS_SEED: "",
			EBBPOOL_CHECKS_SAMPLE: "",
		});
		assert.equal(status, 0, stderr);
		assert.match(stderr, /doublePut in pool "esm"/);
	});

	test("an unknown check is refused at once", () => {
		const { stderr, status } = run({ EBBPOOL_CHECKS: "doublePuts" });
		assert.notEqual(status, 0);
		assert.include(stderr, 'got "doublePuts"');
	});
});
