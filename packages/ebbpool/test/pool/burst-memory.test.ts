import assert from "node:assert/strict";
import { test } from "node:test";
import type { BurstReport } from "../fixtures/burst-memory.ts";
import { fixtureReport } from "../support/run-fixture.ts";

const MiB = 2 ** 20;

test("after a burst of 100,000 KiB nobody takes, the second collection gives the memory back", async () => {
	const report = await fixtureReport<BurstReport>("burst-memory");
	const { before, full, once, twice, collections } = report;
	const told = JSON.stringify(report);
	assert.equal(collections, 2, `no collection but the two that were forced: ${told}`);
	assert.ok(full.offHeap - before.offHeap > 97 * MiB, `the burst was pooled: ${told}`);
	assert.ok(once.offHeap - before.offHeap > 97 * MiB, `it lived through the first collection: ${told}`);
	assert.ok(twice.offHeap - before.offHeap <= MiB, `off-heap within 1 MiB: ${told}`);
	assert.ok(twice.heap - before.heap <= 2 * MiB, `heap within 2 MiB: ${told}`);
});
