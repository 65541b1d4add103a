import { describe, it } from "node:test";
import { assert } from "chai";
import { inventedComparison } from "../fixtures/comparison.ts";

describe("the verdict", () => {
	it("is to pool where every ratio in the interval is worthwhile", () => {
		const { verdict } = inventedComparison({
			speeds: { pooled: [2.3, 2.4, 2.5] },
			minor: { fresh: 180 },
		});
		assert.deepEqual(verdict, { advice: "pool", text: "pool it: 2.40×, collections per second 180 → 0" });
	});

	it("names what fell as the reason, and nothing that did not", () => {
		const minor = { fresh: 24, pooled: 38 };
		const allocated = inventedComparison({
			speeds: { pooled: [1.5] },
			minor,
			offHeap: { fresh: 16_400, pooled: 182 },
		});
		assert.equal(allocated.verdict.text, "pool it: 1.50×, off-heap per op 16.4 kB → 182 B");
		assert.equal(inventedComparison({ speeds: { pooled: [1.5] }, minor }).verdict.text, "pool it: 1.50×");
	});

	it("is to tune first where settings do at least as much as a pool adds to them", () => {
		const { verdict } = inventedComparison({ speeds: { tuned: [2.2, 2.2], pooled: [2.31, 2.31] } });
		assert.deepEqual(verdict, { advice: "tune", text: "tune malloc first: 2.20×; a pool adds 1.05×" });
	});

	it("says so where a pool adds nothing to settings that help", () => {
		const { verdict } = inventedComparison({ speeds: { tuned: [2, 2], pooled: [1.9, 1.94] } });
		assert.equal(verdict.text, "tune malloc first: 2.00×; a pool adds nothing (0.96×)");
	});

	it("is to pool over tuned malloc where the pool adds more than the settings", () => {
		const { verdict } = inventedComparison({ speeds: { tuned: [1.2], pooled: [4.08] } });
		assert.deepEqual(verdict, { advice: "pool", text: "pool it: 3.40× over tuned malloc" });
	});

	it("speaks of V8 where the allocator has no settings", () => {
		const { verdict } = inventedComparison(
			{ speeds: { tuned: [2], pooled: [2] } },
			{ environment: {} as never, flags: ["--max-semi-space-size=64"] },
		);
		assert.equal(verdict.text, "tune V8 first: 2.00×; a pool adds nothing (1.00×)");
	});

	it("is to reuse by hand where that does as much as a pool", () => {
		const { verdict } = inventedComparison({ speeds: { tuned: [1.5], byHand: [3], pooled: [3.03] } });
		assert.deepEqual(verdict, {
			advice: "by hand",
			text: "reuse it by hand: 3.00× (settings alone 1.50×); a pool adds nothing (1.01×)",
		});
	});

	it("does not advise by hand where settings do as much, or at least as much as the hand adds to them", () => {
		const { verdict } = inventedComparison({ speeds: { tuned: [3], byHand: [3], pooled: [3] } });
		assert.equal(verdict.advice, "tune");
		const most = inventedComparison({ speeds: { tuned: [6], byHand: [7], pooled: [7] } });
		assert.equal(most.verdict.text, "tune malloc first: 6.00×; a pool adds 1.17×");
	});

	it("does not pool what settings alone would have made as fast", () => {
		const { verdict } = inventedComparison({ speeds: { tuned: [1.03], pooled: [1.05] } });
		assert.deepEqual(verdict, { advice: "don't", text: "don't: 1.02× over tuned malloc" });
	});

	it("is not to pool where no ratio in the interval is worthwhile", () => {
		const { verdict } = inventedComparison({ speeds: { pooled: [0.96, 0.97, 1.04] } });
		assert.deepEqual(verdict, { advice: "don't", text: "don't: 0.97×" });
	});

	it("is open where the rounds disagree", () => {
		const { verdict } = inventedComparison({ speeds: { pooled: [0.98, 1.1, 1.3] } });
		assert.deepEqual(verdict, {
			advice: "too close to call",
			text: "too close to call: 1.10× (0.98× to 1.30×)",
		});
	});

	it("is open on the edge: 1.05 is worthwhile, just below is not", () => {
		const adviceAt = (...pooled: number[]) => inventedComparison({ speeds: { pooled } }).verdict.advice;
		assert.equal(adviceAt(1.05), "pool");
		assert.equal(adviceAt(1.0499), "don't");
		assert.equal(adviceAt(1.0499, 1.05), "too close to call");
	});

	it("is to pool for the pauses where these fall by half and throughput does not suffer", () => {
		const { verdict } = inventedComparison({
			speeds: { pooled: [1.0, 1.02, 1.03] },
			pauses: { fresh: 32, pooled: 2.4 },
		});
		assert.deepEqual(verdict, {
			advice: "pool for pauses",
			text: "pool it for the pauses: 1.02×, 32 → 2.4 ms/s",
		});
	});

	it("is to tune for the pauses where settings make them fall by half", () => {
		const { verdict } = inventedComparison({
			speeds: { tuned: [1.01], pooled: [1.02] },
			pauses: { fresh: 32, tuned: 5, pooled: 2.4 },
		});
		assert.deepEqual(verdict, {
			advice: "tune for pauses",
			text: "tune malloc for the pauses: 1.01×, 32 → 5 ms/s",
		});
	});

	it("does not weigh pauses that are short, that stay, or that cost throughput", () => {
		for (const [ratio, fresh, pooled] of [
			[1, 9, 0],
			[1, 32, 17],
			[0.94, 32, 2],
		] as const) {
			const { verdict } = inventedComparison({ speeds: { pooled: [ratio] }, pauses: { fresh, pooled } });
			assert.equal(verdict.advice, "don't");
		}
	});

	it("is not changed by a few disturbed rounds among many", () => {
		const pooled = [...Array(13).fill(1.6), 0.4, 0.7, 9];
		assert.equal(inventedComparison({ speeds: { pooled } }).verdict.advice, "pool");
	});
});
