import { describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { GCProfiler } from "node:v8";
import { assert } from "chai";
import { CollectionLog, collectionsDuring } from "../../dist/measure/collections.js";

async function makeGarbage(): Promise<unknown> {
	let sink: unknown;
	for (let turns = 0; turns < 100; turns++) {
		for (let i = 0; i < 1_000; i++) sink = new Array(500).fill(i);
		await turn();
	}
	return sink;
}

describe("the log of collections", () => {
	it("counts what the collector itself counts, in the spans only", async () => {
		const log = new CollectionLog();
		await makeGarbage();

		const profiler = new GCProfiler();
		const start = performance.now();
		profiler.start();
		await makeGarbage();
		const { statistics } = profiler.stop();
		const end = performance.now();
		await makeGarbage();

		const { minorPerSecond, majorPerSecond, pauseMsPerSecond } = collectionsDuring((await log.end()) ?? [], [
			{ start, end },
		]);
		const seconds = (end - start) / 1000;
		const profiled = (type: string): number => statistics.filter(({ gcType }) => gcType === type).length;
		assert.ok(profiled("Scavenge") > 10, `the garbage caused only ${profiled("Scavenge")} minor collections`);
		assert.equal(Math.round(minorPerSecond * seconds), profiled("Scavenge"));
		assert.equal(Math.round(majorPerSecond * seconds), profiled("MarkSweepCompact"));
		assert.ok(pauseMsPerSecond > 0 && pauseMsPerSecond < 1000, `paused ${pauseMsPerSecond} ms per second`);
	});

	it("is empty where no time was spent", async () => {
		const log = new CollectionLog();
		const now = performance.now();
		const { minorPerSecond, majorPerSecond, pauseMsPerSecond } = collectionsDuring((await log.end()) ?? [], [
			{ start: now, end: now + 1 },
		]);
		assert.deepEqual([minorPerSecond, majorPerSecond, pauseMsPerSecond], [0, 0, 0]);
	});
});
