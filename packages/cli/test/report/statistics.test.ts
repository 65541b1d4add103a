import { describe, it } from "node:test";
import { assert } from "chai";
import { median, medianInterval } from "../../dist/report/statistics.js";

const oneTo = (last: number): number[] => Array.from({ length: last }, (_, index) => last - index);

describe("the median", () => {
	it("is the middle value, or the mean of the middle two", () => {
		assert.equal(median([5, 1, 3]), 3);
		assert.equal(median([10, 9, 1, 2]), 5.5);
		assert.throws(() => median([]), RangeError);
	});
});

describe("the interval of the median", () => {
	it("is that of the tables of the sign test", () => {
		assert.deepEqual(medianInterval(oneTo(6)), { low: 1, high: 6 });
		assert.deepEqual(medianInterval(oneTo(8)), { low: 1, high: 8 });
		assert.deepEqual(medianInterval(oneTo(9)), { low: 2, high: 8 });
		assert.deepEqual(medianInterval(oneTo(16)), { low: 4, high: 13 });
		assert.deepEqual(medianInterval(oneTo(20)), { low: 6, high: 15 });
	});

	it("reaches from the lowest to the highest of a few values", () => {
		assert.deepEqual(medianInterval([2, 7, 4]), { low: 2, high: 7 });
		assert.deepEqual(medianInterval([2]), { low: 2, high: 2 });
	});

	it("is not moved by a few rounds that were disturbed", () => {
		const { low, high } = medianInterval([...Array(13).fill(2), 0.1, 0.2, 30]);
		assert.deepEqual([low, high], [2, 2]);
	});
});
