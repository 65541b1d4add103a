import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inventedComparison } from "./fixtures/comparison.ts";

describe("the verdict", () => {
	it("is to pool where every ratio in the interval is worthwhile", () => {
		const { verdict } = inventedComparison({ ratios: [2.3, 2.4, 2.5], minor: [180, 0] });
		assert.deepEqual(verdict, { advice: "pool", text: "pool it: 2.40×, collections per second 180 → 0" });
	});

	it("names what fell as the reason, and nothing that did not", () => {
		const allocated = inventedComparison({ ratios: [1.5], minor: [24, 38], offHeap: [16_400, 182] });
		assert.equal(allocated.verdict.text, "pool it: 1.50×, off-heap per op 16.4 kB → 182 B");
		assert.equal(inventedComparison({ ratios: [1.5], minor: [24, 38] }).verdict.text, "pool it: 1.50×");
	});

	it("is not to pool where no ratio in the interval is worthwhile", () => {
		const { verdict } = inventedComparison({ ratios: [0.96, 0.97, 1.04] });
		assert.deepEqual(verdict, { advice: "don't", text: "don't: 0.97×" });
	});

	it("is open where the rounds disagree", () => {
		const { verdict } = inventedComparison({ ratios: [0.98, 1.1, 1.3] });
		assert.deepEqual(verdict, {
			advice: "too close to call",
			text: "too close to call: 1.10× (0.98× to 1.30×)",
		});
	});

	it("is open on the edge: 1.05 is worthwhile, just below is not", () => {
		assert.equal(inventedComparison({ ratios: [1.05] }).verdict.advice, "pool");
		assert.equal(inventedComparison({ ratios: [1.0499] }).verdict.advice, "don't");
		assert.equal(inventedComparison({ ratios: [1.0499, 1.05] }).verdict.advice, "too close to call");
	});

	it("is to pool for the pauses where these fall by half and throughput does not suffer", () => {
		const { verdict } = inventedComparison({ ratios: [1.0, 1.02, 1.03], pauses: [32, 2.4] });
		assert.deepEqual(verdict, {
			advice: "pool for pauses",
			text: "pool it for the pauses: 1.02×, 32 → 2.4 ms/s",
		});
	});

	it("does not weigh pauses that are short, that stay, or that cost throughput", () => {
		for (const [ratio, pauses] of [
			[1, [9, 0]],
			[1, [32, 17]],
			[0.94, [32, 2]],
		] as const) {
			assert.equal(inventedComparison({ ratios: [ratio], pauses }).verdict.advice, "don't");
		}
	});

	it("is not changed by a few disturbed rounds among many", () => {
		const ratios = [...Array(13).fill(1.6), 0.4, 0.7, 9];
		assert.equal(inventedComparison({ ratios }).verdict.advice, "pool");
	});
});
