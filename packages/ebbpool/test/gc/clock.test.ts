import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Worker } from "node:worker_threads";
import { configure, onMajorGC, Pool } from "ebbpool";
import type { ClockCounts } from "../fixtures/clock-counts.ts";
import type { WorkerReport } from "../fixtures/clock-worker.ts";
import { collectNow, majorGC, turns } from "../support/major-gc.ts";
import { fixtureReport, runFixture } from "../support/run-fixture.ts";

configure({ minAge: 0 }); // Go's rhythm

const PROMPTLY = 20_000;

/** A worker that answers each number of collections with what its clock saw. */
function clockWorker() {
	const worker = new Worker(new URL("../fixtures/clock-worker.js", import.meta.url));
	const collect = (times: number) =>
		new Promise<WorkerReport>((resolve, reject) => {
			worker.once("message", resolve);
			worker.once("error", reject);
			worker.postMessage(times);
		});
	return { collect, end: () => worker.terminate() };
}

describe("the clock on Node", () => {
	test("ticks once for each major collection and never for the minor ones in between", async () => {
		const { quiet, forced } = await fixtureReport<{ quiet: ClockCounts; forced: ClockCounts }>(
			"clock-counts",
			[],
			["--max-semi-space-size=1"],
		);
		assert.ok(quiet.minor >= 200 && quiet.major <= 5, JSON.stringify(quiet));
		assert.ok(forced.minor >= 200 && forced.major >= 5, JSON.stringify(forced));
		for (const counts of [quiet, forced])
			assert.ok(Math.abs(counts.ticks - counts.major) <= 1, JSON.stringify(counts));
	});

	test("several collections in one synchronous turn are one tick", async () => {
		let ticks = 0;
		const stop = onMajorGC(() => void ticks++);
		await majorGC();
		assert.equal(ticks, 1);
		for (let i = 0; i < 5; i++) collectNow();
		await turns();
		assert.equal(ticks, 2);
		stop();
	});

	test("several collections in one synchronous turn age a pool by one generation", async () => {
		const pool = new Pool<object>({ dispose() {} });
		pool.put({});
		await turns();
		for (let i = 0; i < 5; i++) collectNow();
		await turns();
		assert.equal(pool.stats().victim, 1);
	});

	test("a pool first filled after a collection, before its tick, is not aged by that tick", async () => {
		let ticks = 0;
		const stop = onMajorGC(() => void ticks++);
		const pool = new Pool<object>();
		collectNow();
		pool.put({});
		await turns();
		stop();
		assert.equal(ticks, 1);
		assert.equal(pool.stats().local, 1);
		await majorGC();
		assert.equal(pool.stats().victim, 1);
	});

	test("what a pool in use is given after a collection, before its tick, is still there after the tick", async () => {
		for (const options of [{}, { dispose() {} }]) {
			const pool = new Pool<object>(options);
			pool.put({});
			pool.get();
			await turns();
			collectNow();
			const item = {};
			pool.put(item);
			await turns();
			assert.equal(pool.get(), item);
		}
	});

	test("the first collections of a process count: V8 needs no warm-up", async () => {
		assert.deepEqual(await fixtureReport("first-collection"), [
			{ local: 0, victim: 1, evicted: 0 },
			{ local: 0, victim: 0, evicted: 1 },
		]);
	});

	test("a listener is told after the pools have aged", async () => {
		const pool = new Pool<object>();
		pool.put({});
		const seen: number[] = [];
		const stop = onMajorGC(() => void seen.push(pool.stats().victim));
		await majorGC();
		stop();
		assert.deepEqual(seen, [1]);
	});

	test("each thread ticks for its own collections", async () => {
		let ticks = 0;
		const stop = onMajorGC(() => void ticks++);
		const one = clockWorker();
		const other = clockWorker();
		try {
			const first = await one.collect(1);
			assert.deepEqual(first, { ticks: 1, local: 0, victim: 1, evicted: 0 });
			assert.deepEqual(await other.collect(0), { ticks: 0, local: 1, victim: 0, evicted: 0 });
			assert.deepEqual(await one.collect(1), { ticks: 2, local: 0, victim: 0, evicted: 1 });
			assert.equal(ticks, 0);
			await majorGC();
			assert.equal(ticks, 1);
			assert.equal((await other.collect(0)).ticks, 0);
		} finally {
			stop();
			await Promise.all([one.end(), other.end()]);
		}
	});

	test("full pools, a listener and the idle timer keep no process alive", async () => {
		const { code, stderr, ms } = await runFixture("full-pools");
		assert.equal(code, 0, stderr);
		assert.ok(ms < PROMPTLY, `ended after ${ms} ms`);
	});

	test("full pools, a listener and the idle timer keep no worker alive", async () => {
		const { code, stdout, ms } = await runFixture("full-pools", ["worker"]);
		assert.equal(code, 0);
		assert.equal(stdout, "worker ended with 0\n");
		assert.ok(ms < PROMPTLY, `ended after ${ms} ms`);
	});
});
