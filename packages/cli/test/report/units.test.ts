import { describe, it } from "node:test";
import { assert } from "chai";
import { bytes, count, duration, rate, times } from "../../dist/report/units.js";

describe("figures", () => {
	it("have three significant figures and a unit", () => {
		assert.deepEqual([0, 7, 999.4, 999.7, 75_523, 1_234_567].map(count), [
			"0",
			"7",
			"999",
			"1k",
			"75.5k",
			"1.23M",
		]);
		assert.deepEqual([1, 632_000, 1_500_000, 2e9].map(duration), ["1 ns", "632 µs", "1.5 ms", "2 s"]);
		assert.deepEqual([-3, 0.4, 182, 1000, 3_686_400].map(bytes), ["0 B", "0 B", "182 B", "1 kB", "3.69 MB"]);
		assert.deepEqual([0, 0.04, 1.66, 9.96, 180.4].map(rate), ["0", "0", "1.7", "10", "180"]);
		assert.deepEqual([0.966, 2.4, 10.02].map(times), ["0.97×", "2.40×", "10.0×"]);
	});
});
