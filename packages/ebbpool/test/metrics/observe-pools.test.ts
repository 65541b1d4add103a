import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { assert } from "chai";
import { Pool, PoolError } from "ebbpool";
import { BufferPool } from "ebbpool/bytes";
import { listPools, type MeterLike, observePools } from "ebbpool/metrics";
import { ResourcePool } from "ebbpool/resource";
import { SharedPool } from "ebbpool/shared";
import { majorGC } from "../support/major-gc.ts";

interface Series {
	readonly name: string;
	readonly value: number;
	readonly attributes: Readonly<Record<string, string>>;
}

/** A meter that can be asked at any time, and knows what was registered. */
function meter() {
	const described: { readonly name: string; readonly unit?: string; readonly description?: string }[] = [];
	const callbacks = new Set<(result: unknown) => void>();
	const recorded: Series[] = [];
	const instrument = (name: string, options: { unit?: string; description?: string } = {}) => {
		described.push({ name, ...options });
		return { name };
	};
	const fake: MeterLike = {
		createObservableCounter: instrument,
		createObservableUpDownCounter: instrument,
		createHistogram: (name, options) => ({
			...instrument(name, options),
			record: (value, attributes = {}) => void recorded.push({ name, value, attributes }),
		}),
		addBatchObservableCallback: (callback) => void callbacks.add(callback),
		removeBatchObservableCallback: (callback) => void callbacks.delete(callback),
	};
	const read = (): Series[] => {
		const series: Series[] = [];
		const result = {
			observe: ({ name }: { name: string }, value: number, attributes: Record<string, string>) =>
				void series.push({ name, value, attributes }),
		};
		for (const callback of callbacks) callback(result);
		return series;
	};
	return { fake, described, callbacks, read, recorded };
}

describe("observePools", () => {
	test("observes pools of every kind, also those that are made later", async () => {
		const { fake, read } = meter();
		const stop = observePools(fake);
		const pool = new Pool({ name: "m-items", new: () => ({}), stats: true });
		const buffers = new BufferPool({ name: "m-buffers" });
		const shared = SharedPool.create({ name: "m-slots", slotSize: 64, slots: 4 });
		const resources = new ResourcePool({ name: "m-connections", create: () => ({}), max: 3 });
		pool.put(pool.get());
		buffers.put(buffers.get(64));
		const lease = await resources.acquire();
		const observed = (name: string, pool: string, more: Record<string, string> = {}) =>
			read().find(
				(series) =>
					series.name === name &&
					Object.values(series.attributes).includes(pool) &&
					Object.entries(more).every(([key, value]) => series.attributes[key] === value),
			)?.value;
		assert.equal(observed("ebbpool.pool.gets", "m-items"), 1);
		assert.equal(observed("ebbpool.pool.items", "m-items"), 1);
		assert.equal(observed("ebbpool.pool.bytes", "m-buffers"), 64);
		assert.isUndefined(observed("ebbpool.pool.gets", "m-buffers"), "not counted");
		assert.equal(observed("ebbpool.pool.bytes", "m-slots"), 256);
		assert.equal(observed("db.client.connection.max", "m-connections"), 3);
		const used = { "db.client.connection.state": "used" };
		assert.equal(observed("db.client.connection.count", "m-connections", used), 1);
		await lease.release();
		assert.equal(observed("db.client.connection.count", "m-connections", used), 0);
		await resources.drain();
		shared[Symbol.dispose]();
		stop();
	});

	test("records how long connections took to create, were waited for, and were in use", async () => {
		const { fake, recorded } = meter();
		const before = new ResourcePool({ name: "m-before", create: () => ({}) });
		const stop = observePools(fake);
		const after = new ResourcePool({ name: "m-after", create: () => ({}) });
		for (const pool of [before, after]) {
			await pool.use(() => {});
			const names = recorded
				.filter(({ attributes }) => attributes["db.client.connection.pool.name"] === pool.name)
				.map(({ name }) => name.replace("db.client.connection.", ""));
			assert.deepEqual(names, ["create_time", "wait_time", "use_time"]);
		}
		stop();
		const { length } = recorded;
		await after.use(() => {});
		assert.lengthOf(recorded, length, "nothing once it is ended");
		for (const { value } of recorded) assert.isAtLeast(value, 0);
		await Promise.all([before.drain(), after.drain()]);
	});

	test("sums up pools without a name, and those of one kind and name", () => {
		const { fake, read } = meter();
		const stop = observePools(fake);
		const both = [1, 2].map(() => new Pool<object>({ name: "m-twins" }));
		for (const pool of both) pool.put({});
		const series = read().filter(({ name }) => name === "ebbpool.pool.items");
		const twins = series.filter(({ attributes }) => attributes["ebbpool.pool.name"] === "m-twins");
		assert.deepEqual(
			twins.map(({ value }) => value),
			[2],
		);
		const keys = series.map(({ attributes }) => JSON.stringify(attributes));
		assert.lengthOf(keys, new Set(keys).size, "each series once");
		stop();
	});

	test("asks for nothing once it is ended", () => {
		const { fake, callbacks } = meter();
		observePools(fake)();
		assert.equal(callbacks.size, 0);
	});

	test("refuses what is no meter", () => {
		for (const value of [undefined, null, {}, () => {}]) {
			assert.throws(() => observePools(value as never), PoolError, "observePools: meter");
		}
	});

	test("every instrument has a unit and a description, and stands in the guide's table", () => {
		const { fake, described } = meter();
		observePools(fake)();
		const guide = readFileSync(
			fileURLToPath(new URL("../../../../docs/guide/metrics.md", import.meta.url)),
			"utf8",
		);
		for (const { name, unit, description } of described) {
			assert.isNotEmpty(unit, name);
			assert.isNotEmpty(description, name);
			assert.include(guide, `\`${name}\` | ${unit?.replace("{", "{")} |`);
		}
	});
});

describe("listPools", () => {
	test("lists pools with their statistics, in the order in which they were made", () => {
		const first = new Pool<object>({ name: "m-first" });
		const second = new Pool<object>({ name: "m-second" });
		first.put({});
		const names = listPools().map(({ name }) => name);
		assert.isBelow(names.indexOf("m-first"), names.indexOf("m-second"));
		const listed = listPools().find(({ name }) => name === "m-first");
		assert.deepEqual(listed?.stats, first.stats());
		assert.equal(listed?.kind, "Pool");
		assert.equal(second.stats().local, 0);
	});

	test("keeps no pool alive", async () => {
		(() => void new Pool<object>({ name: "m-dropped" }))();
		await majorGC();
		await majorGC();
		assert.notInclude(
			listPools().map(({ name }) => name),
			"m-dropped",
		);
	});

	test("lists no pool that is a part of another one", () => {
		const before = listPools().length;
		const buffers = new BufferPool({ name: "m-parts" });
		buffers.put(buffers.get(64));
		assert.isAtMost(listPools().length, before + 1);
	});
});
