import { describe, it } from "node:test";
import { setImmediate } from "node:timers/promises";
import { assert } from "chai";
import { CollectionLog } from "../../dist/advise/probe/collection-log.js";
import { roomFor } from "../../dist/advise/probe/heap-room.js";
import type { CollectionTotals } from "../../dist/advise/probe/thread-report.js";
import { collector } from "../../dist/measure/collector.js";

const MB = 2 ** 20;

/** Fills so much of the old generation, and keeps it. */
function keepMegabytes(count: number): unknown[] {
	return Array.from({ length: count * 8 }, () => new Array(MB / 64).fill(0.5));
}

/** Of the major collections that were seen. */
function countedMs({ major, ownRhythm }: CollectionTotals): number {
	return major.ms * ownRhythm;
}

describe("the log of collections", () => {
	it("counts major collections that V8 begins itself, and for those that a forced one puts off what others stand for", async () => {
		const log = new CollectionLog();
		const kept: unknown[] = [];
		for (let chunk = 0; chunk < 12 && log.totals().major.count === 0; chunk++) kept.push(keepMegabytes(16));
		const before = log.totals();
		assert.isAtLeast(before.major.count, 1);
		assert.equal(before.ownRhythm, 1);
		kept.length = 0;
		log.apart(collector());
		// The room is measured by all that is there, and nothing tells before the collection how much of that is alive.
		log.apart(collector());
		const forced = log.totals();
		assert.equal(forced.forced.count, 2);
		assert.equal(forced.major.count, before.major.count);
		kept.push(keepMegabytes(40));
		const putOff = log.totals();
		assert.isBelow(putOff.ownRhythm, 1);
		assert.approximately(
			putOff.ownRhythm,
			forced.heapBytes / putOff.heapBytes,
			0.05,
			"none came in the room after the forced one",
		);
		assert.approximately(countedMs(putOff), before.major.ms, 1e-6);
		// V8 ends some collections in a task of their own.
		for (let chunk = 0; chunk < 100 && countedMs(log.totals()) < before.major.ms + 1e-3; chunk++) {
			if (chunk % 10 === 0) kept.length = 0;
			kept.push(keepMegabytes(16));
			await setImmediate();
		}
		assert.isAbove(countedMs(log.totals()), before.major.ms + 1e-3, "then V8's own are counted again");
	});

	it("leaves a large heap to V8", () => {
		assert.equal(roomFor(8 * MB), 800);
		assert.isUndefined(roomFor(65 * MB));
	});
});
