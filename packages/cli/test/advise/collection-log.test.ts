import { describe, it } from "node:test";
import { setImmediate } from "node:timers/promises";
import { assert } from "chai";
import { CollectionLog } from "../../dist/advise/probe/collection-log.js";
import { roomFor } from "../../dist/advise/probe/heap-room.js";
import { PutOff } from "../../dist/advise/probe/put-off.js";
import type { CollectionTotals } from "../../dist/advise/probe/thread-report.js";
import { collector } from "../../dist/measure/collector.js";

const MB = 2 ** 20;

/** Fills so much of the old generation, and keeps it. */
function keepMegabytes(count: number): unknown[] {
	return Array.from({ length: count * 8 }, () => new Array(MB / 64).fill(0.5));
}

function seenMajor({ major, putOff }: CollectionTotals): number {
	return major.count - putOff.count;
}

describe("the log of collections", () => {
	it("counts major collections that V8 begins itself, whether it has room or not, and forced ones by themselves", async () => {
		const log = new CollectionLog();
		const kept: unknown[] = [];
		const seen = (): number => seenMajor(log.totals());
		/** V8 ends some collections in a task of their own. */
		const fillUntil = async (count: number): Promise<void> => {
			for (let chunk = 0; chunk < 100 && seen() < count; chunk++) {
				if (chunk % 10 === 0) kept.length = 0;
				kept.push(keepMegabytes(16));
				await setImmediate();
			}
		};
		await fillUntil(1);
		const before = seen();
		assert.isAtLeast(before, 1);
		assert.equal(log.totals().putOff.count, 0);
		kept.length = 0;
		log.apart(collector());
		// The room is measured by all that is there, and nothing tells before the collection how much of that is alive.
		log.apart(collector());
		assert.equal(log.totals().forced.count, 2);
		assert.equal(seen(), before);
		for (let chunk = 0; chunk < 6; chunk++) {
			kept.push(keepMegabytes(4));
			await setImmediate();
		}
		assert.equal(seen(), before, "none comes in the room");
		await fillUntil(before + 1);
		assert.isAbove(seen(), before);
	});

	it("leaves a large heap to V8", () => {
		assert.equal(roomFor(8 * MB), 800);
		assert.isUndefined(roomFor(65 * MB));
	});
});

describe("major collections that forced ones put off", () => {
	it("are as many as the rise after one would have had room for otherwise", () => {
		const putOff = new PutOff(10 * MB);
		putOff.major(30 * MB, 12 * MB);
		putOff.forced(10 * MB, true);
		putOff.minor(40 * MB);
		assert.equal(putOff.count(), 1);
		putOff.minor(71 * MB);
		assert.equal(putOff.count(), 3);
		putOff.major(75 * MB, 10 * MB);
		assert.equal(putOff.count(), 2, "the one that V8 begins is counted as what it is");
	});

	it("are none where nothing rises, however much is allocated, and however many came before", () => {
		const putOff = new PutOff(4 * MB);
		for (const live of [8, 16, 24]) putOff.major((live + 4) * MB, live * MB);
		for (let window = 0; window < 4; window++) {
			putOff.forced(24 * MB, true);
			for (let minor = 0; minor < 100; minor++) putOff.minor((25 + (minor % 2)) * MB);
		}
		assert.equal(putOff.count(), 0);
	});

	it("are none where V8 was given no room, or began none by itself", () => {
		const large = new PutOff(100 * MB);
		large.major(120 * MB, 100 * MB);
		large.forced(100 * MB, false);
		large.minor(190 * MB);
		assert.equal(large.count(), 0);
		const calm = new PutOff(4 * MB);
		calm.forced(4 * MB, true);
		calm.minor(60 * MB);
		assert.equal(calm.count(), 0);
	});
});
